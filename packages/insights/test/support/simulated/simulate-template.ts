import type { MessageEvent, MessageHourRow } from '@turnspan/journal';
import type { Random } from '../../../src/statistics/random';
import { drawBetween, drawBinomial, drawFactor } from './draw';
import { DAYS, type Plan, toHourOf, toTraffic } from './plan';

/** What becomes of the messages of a template, day by day. */
export function simulateTemplate(
  template: string,
  plan: Plan,
  random: Random,
): readonly MessageHourRow[] {
  const volume = drawBetween(random, 150, 400);
  const read = drawBetween(random, 0.5, 0.7);
  const optOut = drawBetween(random, 0.003, 0.006);
  const feedback = drawBetween(random, 0.0005, 0.0015);
  const place = { channel: 'whatsapp', line: '1', template, flow: '', node: '' };
  return Array.from({ length: DAYS }, (_, day) => {
    const isBad = isBadOn(day, template, plan);
    const sent = Math.round(volume * toTraffic(day) * drawFactor(random, 0.1));
    const delivered = drawBinomial(random, sent, 0.97);
    const counts: readonly (readonly [MessageEvent, number])[] = [
      ['sent', sent],
      ['delivered', delivered],
      ['read', drawBinomial(random, delivered, read * drawFactor(random, 0.03))],
      ['failed', drawBinomial(random, sent - delivered, 0.5)],
      ['opted_out', drawBinomial(random, delivered, isBad ? 0.02 : optOut)],
      ['negative_feedback', drawBinomial(random, sent, isBad ? 0.008 : feedback)],
    ];
    return counts.map(([event, count]) => ({ hour: toHourOf(day), ...place, event, count }));
  }).flat();
}

function isBadOn(day: number, template: string, { faults = [] }: Plan): boolean {
  return faults.some(
    (fault) => fault.kind === 'bad_template' && fault.template === template && day >= fault.from,
  );
}
