import type { VNode } from 'preact';
import type { ExperimentSummary } from '../../documents/experiments';
import { type Page, usePage } from '../page';
import { Checks } from './checks';
import { Differences } from './differences';
import { Variants } from './variants';

/** An experiment: what to do in a few words, why, and how each variant did. */
export function ExperimentCard({ experiment }: { readonly experiment: ExperimentSummary }): VNode {
  const page = usePage();
  const { text } = page;
  const { name, salt, state, stopped, judgement } = experiment;
  const words = text.experiment;
  const isSeen = experiment.variants.some(({ exposed }) => exposed > 0);
  return (
    <li class={`panel experiment ${judgement?.verdict.kind ?? 'unknown'}`}>
      <p class="kind">
        <span class={`experiment-state ${state}`}>{text.states[state]}</span>{' '}
        {sayWhere(experiment, page)}
      </p>
      <h2>{salt === name ? name : `${name} (${salt})`}</h2>
      {judgement ? (
        <Verdict state={state} judgement={judgement} />
      ) : (
        <p class="too-little">{words.undeclared}</p>
      )}
      {stopped !== undefined && (
        <p class="hint">
          {text.states.stopped}: <span lang="en">{stopped}</span>
        </p>
      )}
      <Variants experiment={experiment} />
      {judgement && isSeen && (
        <>
          <Differences judgement={judgement} variants={experiment.variants} />
          <Checks judgement={judgement} />
          <p class="hint">{sayCohort(judgement, page)}</p>
        </>
      )}
    </li>
  );
}

type Judgement = NonNullable<ExperimentSummary['judgement']>;

/** The sentences are those of the command line, which speaks English. */
function Verdict({
  judgement: { verdict },
  state,
}: Pick<ExperimentSummary, 'state'> & { readonly judgement: Judgement }): VNode {
  const { text } = usePage();
  const { kind, variant = '', sentence, warnings } = verdict;
  // What has ended cannot be kept running.
  const isUndecided = kind === 'keep_running' && (state === 'stopped' || state === 'over');
  return (
    <>
      <p class="sentence">
        {isUndecided ? text.experiment.undecided : text.verdicts[kind](variant)}
      </p>
      {!isUndecided && <p lang="en">{sentence}</p>}
      {warnings.length > 0 && (
        <ul class="warnings" lang="en">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function sayWhere({ flow, goal, since }: ExperimentSummary, { text, format }: Page): string {
  const words = text.experiment;
  const when = since === undefined ? words.notStarted : `${words.since} ${format.day(since)}`;
  const about = flow === undefined ? [] : [`${words.flow} ${flow}`, `${words.goal} ${goal}`];
  return [...about, when].join(' · ');
}

function sayCohort({ settledUntil, days }: Judgement, { text, format }: Page): string {
  const words = text.experiment;
  const over = words.days(format.number(days));
  return settledUntil === undefined ? over : `${over} ${words.open(format.moment(settledUntil))}`;
}
