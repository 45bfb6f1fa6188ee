import type { VNode } from 'preact';
import type { NextStep, NodeDocument } from '../../documents/journey';
import { linkTo, usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';

/** Where people go from a node, the most first. */
export function NextSteps({ document }: { readonly document: NodeDocument }): VNode | null {
  const { text } = usePage();
  const steps = [...document.next].sort((a, b) => b.share.count - a.share.count);
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>{text.node.next}</h3>
      <ul class="next">
        {steps.map((step) => (
          <li key={JSON.stringify(step.to)}>
            <Target flow={document.flow} to={step.to} />
            <IntervalBar rate={step.share} tone={isLoss(step) ? 'bad' : 'plain'} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Target({ flow, to }: { readonly flow: string; readonly to: NextStep['to'] }): VNode {
  const page = usePage();
  if (to.kind === 'outcome') return <span>{page.text.outcomes[to.outcome]}</span>;
  return (
    <a href={linkTo(page, { view: { kind: 'journey', flow, node: to.node } })}>{`→ ${to.node}`}</a>
  );
}

function isLoss({ to }: NextStep): boolean {
  return to.kind === 'outcome' && to.outcome === 'dropped';
}
