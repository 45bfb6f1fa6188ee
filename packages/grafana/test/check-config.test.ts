import { TurnspanError } from '@turnspan/core';
import {
  createExport,
  createRuleGroups,
  DEFAULT_CONFIG,
  type ExportOptions,
  parseRuleConfig,
  type RuleConfigChanges,
  scaleDurations,
} from '../src';

/** What it says when it refuses. */
function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof TurnspanError && error.code === 'OPTION_INVALID') return error.message;
    throw error;
  }
  return 'It was not refused.';
}

describe('the configuration of the rules', () => {
  it.each<[unknown, string]>([
    [null, 'Expected the configuration to be an object, got nothing.'],
    [[], 'Expected the configuration to be an object, got an array.'],
    [{ tresholds: {} }, 'There is no setting `tresholds`; there are durations, thresholds, links.'],
    [{ toString: {} }, 'There is no setting `toString`;'],
    [{ durations: 60 }, 'Expected `durations` to be an object, got 60.'],
    [{ durations: { hours: 1 } }, 'There is no setting `durations.hours`; there are interval,'],
    [{ thresholds: { sweepLags: 1 } }, 'There is no setting `thresholds.sweepLags`;'],
    [
      { durations: { interval: 300 } },
      'Expected `durations.interval` to be seconds, more than 0 and at most 240, got 300.',
    ],
    [{ durations: { slowInterval: 241 } }, 'Expected `durations.slowInterval` to be seconds,'],
    [{ durations: { week: 0 } }, 'Expected `durations.week` to be seconds, more than 0, got 0.'],
    [
      { durations: { forUsual: '5m' } },
      'Expected `durations.forUsual` to be seconds, more than 0, got "5m".',
    ],
    [
      { durations: { hour: Number.NaN } },
      'Expected `durations.hour` to be seconds, more than 0, got NaN.',
    ],
    [
      { durations: { step: 100 } },
      'Expected `durations.step` to be no shorter than the two intervals, got 100.',
    ],
    [
      { durations: { recent: 5400 } },
      'Expected `durations.recent` to be a multiple of `durations.step`, which is 3600, got 5400.',
    ],
    [{ durations: { baseline: 60 } }, 'Expected `durations.baseline` to be a multiple of'],
    [
      { thresholds: { responseFactor: -1 } },
      'Expected `thresholds.responseFactor` to be a number, 0 or more, got -1.',
    ],
    [
      { thresholds: { sweepLag: null } },
      'Expected `thresholds.sweepLag` to be a number, 0 or more, got nothing.',
    ],
    [
      { thresholds: { sweepLag: Number.POSITIVE_INFINITY } },
      'Expected `thresholds.sweepLag` to be a number, 0 or more, got Infinity.',
    ],
    [
      { thresholds: { failureRatio: 20 } },
      'Expected `thresholds.failureRatio` to be a number from 0 to 1, got 20.',
    ],
    [
      { thresholds: { signs: 5 } },
      'Expected `thresholds.signs` to be a whole number from 1 to 4, got 5.',
    ],
    [
      { links: { grafana: 'grafana.example.com' } },
      'Expected `links.grafana` to be an address that begins with https:// or http:// and has no slash at its end, got "grafana.example.com".',
    ],
    [{ links: { grafana: 'https://grafana.example.com/' } }, 'has no slash at its end'],
    [{ links: { runbooks: 'https://example.com/{{ $labels.job }}' } }, 'Expected `links.runbooks`'],
  ])('%j is refused: %s', (changes, sentence) => {
    const refusal = refusalOf(() => createRuleGroups(changes as RuleConfigChanges));

    expect(refusal).toContain(sentence);
  });

  it.each<[string, RuleConfigChanges]>([
    ['nothing', {}],
    ['what is undefined', { thresholds: { sweepLag: undefined } } as unknown as RuleConfigChanges],
    ['the defaults', DEFAULT_CONFIG],
  ])('keeps its defaults with %s', (_what, changes) => {
    expect(createRuleGroups(changes)).toEqual(createRuleGroups());
  });

  it('takes time that is compressed', () => {
    const fast = scaleDurations(DEFAULT_CONFIG, 1 / 1440);

    expect(createRuleGroups(fast).groups[0]?.interval).toBe('42ms');
  });
});

describe('the configuration as a text', () => {
  it.each([
    ['thresholds:\n  sweepLag: 7\n', { thresholds: { sweepLag: 7 } }],
    ['{ "thresholds": { "sweepLag": 7 } }', { thresholds: { sweepLag: 7 } }],
    ['', {}],
    ['# nothing yet\n', {}],
  ])('%j is read', (text, changes) => {
    expect(parseRuleConfig(text)).toEqual(changes);
  });

  it.each([
    ['thresholds: [', 'The configuration is neither YAML nor JSON.'],
    ['7', 'Expected the configuration to be an object, got 7.'],
    [
      'thresholds:\n  sweepLag: a lot\n',
      'Expected `thresholds.sweepLag` to be a number, 0 or more, got "a lot".',
    ],
  ])('%j is refused', (text, sentence) => {
    expect(refusalOf(() => parseRuleConfig(text))).toContain(sentence);
  });
});

describe('the options of the export', () => {
  it.each<[unknown, string]>([
    [{ format: 'helm' }, 'Expected `format` to be one of files, kubernetes, got "helm".'],
    [{ folder: 'x' }, 'There is no setting `folder`;'],
    [{ tempoUrl: 'tempo:3200' }, 'Expected `tempoUrl` to be an address'],
    [{ prometheusUrl: 9090 }, 'Expected `prometheusUrl` to be an address'],
    [{ dashboardsPath: 'here' }, 'Expected `dashboardsPath` to be a path that begins with a slash'],
    [{ config: { durations: { interval: -1 } } }, 'Expected `durations.interval` to be seconds,'],
  ])('%j are refused: %s', (options, sentence) => {
    expect(refusalOf(() => createExport([], options as ExportOptions))).toContain(sentence);
  });
});
