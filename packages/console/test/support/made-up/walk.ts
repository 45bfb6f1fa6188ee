import type { MadeUpFlow, Step } from './script';

/** What became of people at a step. */
export interface Walked {
  readonly step: Step;
  readonly people: number;
  readonly dropped: number;
  readonly confused: number;
  readonly loops: number;
  readonly next: readonly { readonly to: string; readonly people: number }[];
}

/** Sends people through a flow, each share as it is written; whoever goes back is counted once. */
export function walk({ steps }: MadeUpFlow, journeys: number): readonly Walked[] {
  const arrived = new Map([[steps[0]?.node ?? '', journeys]]);
  const order = steps.map(({ node }) => node);
  return steps.map((step, index) => {
    const people = arrived.get(step.node) ?? 0;
    const dropped = Math.round(people * step.drop);
    const next = step.next.map(([to, share]) => ({
      to,
      people: Math.round((people - dropped) * share),
    }));
    for (const each of next) {
      if (order.indexOf(each.to) > index) {
        arrived.set(each.to, (arrived.get(each.to) ?? 0) + each.people);
      }
    }
    return {
      step,
      people,
      dropped,
      confused: Math.round(people * (step.confusion ?? 0)),
      loops: Math.round(people * (step.loop ?? 0)),
      next,
    };
  });
}
