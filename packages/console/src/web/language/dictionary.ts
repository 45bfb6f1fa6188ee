import type { JourneyOutcome, NodeKind, VisitOutcome } from '@turnspan/core';
import type { QualitySeriesName } from '../../documents/quality';
import type { FindingWords } from './finding-words';

/** A language that the page speaks. */
export type Language = 'en' | 'es';

/** How much there was, and how much there should have been. */
export interface TooLittle {
  readonly had: string;
  readonly needed: string;
  /** In English. */
  readonly reason: string;
}

/** How much trouble a node makes, in words. */
export type TroubleLevel = 'unknown' | 'none' | 'slight' | 'bad' | 'severe';

/** Every text of the page; a language that lacks one does not compile. */
export interface Dictionary extends FindingWords {
  readonly shell: Readonly<
    Record<
      | 'journey'
      | 'investigations'
      | 'experiments'
      | 'skip'
      | 'views'
      | 'language'
      | 'theme'
      | 'logOut'
      | 'refresh'
      | 'loading'
      | 'retry'
      | 'failed'
      | 'close'
      | 'map'
      | 'table'
      | 'png'
      | 'csv'
      | 'nothingFound',
      string
    >
  > & { readonly loaded: (what: string) => string };
  readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
  readonly period: Readonly<
    Record<'label' | '24h' | '7d' | '30d' | '90d' | 'custom' | 'since' | 'until', string>
  >;
  readonly search: Readonly<Record<'label' | 'placeholder' | 'flow' | 'step', string>> & {
    readonly results: (count: number) => string;
  };
  readonly journey: Readonly<
    Record<
      | 'flow'
      | 'version'
      | 'allVersions'
      | 'journeys'
      | 'completed'
      | 'dropped'
      | 'people'
      | 'mapLabel'
      | 'mapHint'
      | 'zoomIn'
      | 'zoomOut'
      | 'fit'
      | 'worst'
      | 'noneWorse'
      | 'showStep'
      | 'from'
      | 'to'
      | 'steps'
      | 'ways'
      | 'trouble'
      | 'confused'
      | 'loops'
      | 'waiting'
      | 'settled'
      | 'legendWidth'
      | 'legendColour'
      | 'legendStub'
      | 'noFlows',
      string
    >
  > & {
    readonly headline: (words: {
      readonly node: string;
      readonly rate: string;
      readonly interval: string;
    }) => string;
    readonly headlineConfused: (words: {
      readonly node: string;
      readonly rate: string;
      readonly interval: string;
    }) => string;
    readonly beyond: (words: { readonly people: string; readonly mates: string }) => string;
    readonly peopleCount: (count: string) => string;
    readonly nodeLabel: (words: {
      readonly node: string;
      readonly people: string;
      readonly dropped: string;
      readonly trouble: string;
    }) => string;
  };
  readonly levels: Readonly<Record<TroubleLevel, string>>;
  readonly node: Readonly<
    Record<
      | 'says'
      | 'noText'
      | 'numbers'
      | 'dropped'
      | 'net'
      | 'mates'
      | 'confused'
      | 'reply'
      | 'next'
      | 'signals'
      | 'signal'
      | 'here'
      | 'elsewhere'
      | 'versions'
      | 'since'
      | 'circles'
      | 'openChild'
      | 'nobodyOwes',
      string
    >
  > & {
    readonly median: (words: { readonly value: string; readonly interval: string }) => string;
    readonly stall: (words: { readonly after: string }) => string;
    readonly circle: (words: { readonly nodes: string; readonly journeys: string }) => string;
  };
  readonly kinds: Readonly<Record<NodeKind, string>>;
  readonly outcomes: Readonly<Record<VisitOutcome | JourneyOutcome, string>>;
  readonly signals: Readonly<Record<string, string>>;
  readonly quality: Readonly<
    Record<
      | 'title'
      | 'gap'
      | 'noTracks'
      | 'subject'
      | 'state'
      | 'now'
      | 'newVersion'
      | 'investigation'
      | 'hint',
      string
    >
  > & {
    readonly stretch: (words: {
      readonly value: string;
      readonly from: string;
      readonly to: string;
    }) => string;
  };
  readonly series: Readonly<Record<QualitySeriesName, string>>;
  readonly subjects: Readonly<Record<'phone' | 'template' | 'account' | 'portfolio', string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly notEnough: (words: TooLittle) => string;
  readonly notEnoughShort: string;
}
