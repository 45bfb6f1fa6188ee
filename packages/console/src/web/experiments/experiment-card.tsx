import type { Comparison } from '@turnspan/experiments';
import type { VNode } from 'preact';
import type { ExperimentSummary } from '../../documents/experiments';
import { type Page, usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';
import { Scrolled } from '../parts/scrolled';

/** An experiment: what to do in a few words, why, and how each variant did. */
export function ExperimentCard({ experiment }: { readonly experiment: ExperimentSummary }): VNode {
  const page = usePage();
  const { text } = page;
  const { name, flow, verdict } = experiment;
  return (
    <li class={`panel experiment ${verdict.kind}`}>
      <p class="kind">
        {flow} · {sayWhen(experiment, page)}
      </p>
      <h2>{name}</h2>
      <p class="sentence">{text.verdicts[verdict.kind](verdict.variant ?? '')}</p>
      <p lang="en">{verdict.sentence}</p>
      {verdict.warnings.length > 0 && (
        <ul class="warnings" lang="en">
          {verdict.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <Arms experiment={experiment} />
      {verdict.comparisons.length > 0 && <Comparisons experiment={experiment} />}
    </li>
  );
}

function sayWhen({ startedAt, endedAt }: ExperimentSummary, { text, format }: Page): string {
  if (startedAt === undefined) return text.experiment.notStarted;
  if (endedAt !== undefined) return `${text.experiment.ended} ${format.day(endedAt)}`;
  return `${text.experiment.running} ${format.day(startedAt)}`;
}

function Arms({
  experiment: { result, rates, verdict, name },
}: {
  readonly experiment: ExperimentSummary;
}): VNode {
  const { text, format } = usePage();
  return (
    <Scrolled label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.experiment.variant}</th>
            <th scope="col">{text.experiment.users}</th>
            <th scope="col">{text.experiment.reached}</th>
            <th scope="col">{text.experiment.rate}</th>
          </tr>
        </thead>
        <tbody>
          {result.arms.map(({ variant, users, reached }, index) => (
            <tr key={variant}>
              <th scope="row">{variant}</th>
              <td class="number">{format.count(users)}</td>
              <td class="number">{format.count(reached)}</td>
              <td>
                <IntervalBar
                  rate={rates[index]}
                  tone={verdict.kind === 'ship' && verdict.variant === variant ? 'good' : 'plain'}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function Comparisons({ experiment }: { readonly experiment: ExperimentSummary }): VNode {
  const page = usePage();
  const { text } = page;
  return (
    <ul class="comparisons" aria-label={text.experiment.comparisons}>
      {experiment.verdict.comparisons.map((comparison) => (
        <li key={`${comparison.metric}/${comparison.variant}`}>
          {text.experiment.difference}, {comparison.variant}, {comparison.metric}:{' '}
          {sayDifference(comparison, page)}
        </li>
      ))}
    </ul>
  );
}

/** Without bounds there is no difference: infinity comes out of JSON as null. */
function sayDifference({ difference, lower, upper }: Comparison, { text, format }: Page): string {
  if (![difference, lower, upper].every(Number.isFinite)) return text.notEnoughShort;
  const { points } = format;
  return `${points(difference)} (${points(lower)} – ${points(upper)}) %`;
}
