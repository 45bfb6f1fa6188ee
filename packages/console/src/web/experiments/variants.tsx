import type { VNode } from 'preact';
import type { ExperimentSummary } from '../../documents/experiments';
import { usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';
import { Scrolled } from '../parts/scrolled';

/** How many people each variant had, and how many of them reached the goal. */
export function Variants({
  experiment: { name, variants, judgement },
}: {
  readonly experiment: ExperimentSummary;
}): VNode {
  const { text, format } = usePage();
  const words = text.experiment;
  const shipped = judgement?.verdict.kind === 'ship' ? judgement.verdict.variant : undefined;
  return (
    <Scrolled label={`${name}: ${words.variant}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.variant}</th>
            <th scope="col">{words.rate}</th>
            <th scope="col">{words.reached}</th>
            <th scope="col">{words.users}</th>
            <th scope="col">{words.exposed}</th>
          </tr>
        </thead>
        <tbody>
          {variants.map(({ variant, exposed, users, reached, rate, paused }, index) => (
            <tr key={variant}>
              <th scope="row">
                {variant}
                {index === 0 && judgement && <span class="tag">{words.control}</span>}
                {paused !== undefined && <span class="tag paused">{text.values.PAUSED}</span>}
              </th>
              <td>
                <IntervalBar rate={rate} tone={variant === shipped ? 'good' : 'plain'} />
              </td>
              <td class="number">{format.count(reached)}</td>
              <td class="number">{format.count(users)}</td>
              <td class="number">{format.count(exposed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
