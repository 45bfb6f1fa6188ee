import type { QualityAttribute, QualitySubject } from '@turnspan/core';
import { measureProportion } from '@turnspan/insights';
import type { TimelineEntry } from '@turnspan/journal';
import type { QualityDocument, QualityQuery, QualitySeries, SeriesPoint } from '../../../src';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The number and the template that go down while people are asked for door codes. */
export const NUMBER: QualitySubject = { kind: 'phone', id: '106540352', name: 'Pizza Pronto' };
const TEMPLATE: QualitySubject = {
  kind: 'template',
  id: '900100',
  name: 'order_ready',
  language: 'en_US',
};

/** What the made-up history of quality looks like before a moment. */
export function toQuality({ period }: QualityQuery, now: number): QualityDocument {
  const ago = (days: number) => now - days * DAY_MS;
  const tracks = [
    toTrack(NUMBER, 'rating', [
      ['GREEN', ago(80), ago(6)],
      [undefined, ago(6), ago(5.4)],
      ['YELLOW', ago(5.4), ago(2)],
      ['RED', ago(2), undefined],
    ]),
    toTrack(NUMBER, 'status', [
      ['CONNECTED', ago(80), ago(2)],
      ['FLAGGED', ago(2), undefined],
    ]),
    toTrack(TEMPLATE, 'rating', [
      ['GREEN', ago(80), ago(5)],
      ['YELLOW', ago(5), ago(3.2)],
      ['RED', ago(3.2), undefined],
    ]),
    toTrack(TEMPLATE, 'status', [
      ['APPROVED', ago(80), ago(3)],
      ['PAUSED', ago(3), ago(2.6)],
      ['APPROVED', ago(2.6), ago(1.5)],
      ['PAUSED', ago(1.5), undefined],
    ]),
  ];
  const visible = ({ from, to }: TimelineEntry) =>
    from < period.until && (to === undefined || to > period.since);
  return {
    period,
    tracks: tracks.map((track) => ({ ...track, entries: track.entries.filter(visible) })),
    series: [
      toSeries('drop_off', { period, now }),
      toSeries('completion', { period, now }),
      toSeries('first_response', { period, now }),
      toSeries('response', { period, now }),
    ],
    marks: [
      { kind: 'version' as const, at: ago(5), flow: 'order', version: 'b04d2f' },
      { kind: 'investigation' as const, at: ago(5.4), id: 'yellow' },
      { kind: 'investigation' as const, at: ago(2), id: 'red' },
    ].filter(({ at }) => at >= period.since && at < period.until),
  };
}

function toTrack(
  subject: QualitySubject,
  attribute: QualityAttribute,
  stretches: readonly (readonly [
    value: string | undefined,
    from: number,
    to: number | undefined,
  ])[],
) {
  const entries = stretches.map(
    ([value, from, to]): TimelineEntry => ({
      subject,
      attribute,
      key: undefined,
      value,
      from,
      to,
      source: value === undefined ? undefined : 'webhook',
      reason: undefined,
      known: value !== undefined,
    }),
  );
  return { subject, attribute, key: undefined, entries };
}

/** How much of the fault is there at a moment, from 0 to 1. */
function toFault(at: number, now: number): number {
  return Math.min(1, Math.max(0, (at - (now - 5 * DAY_MS)) / (0.4 * DAY_MS)));
}

function toSeries(
  name: QualitySeries['name'],
  { period, now }: Pick<QualityDocument, 'period'> & { readonly now: number },
): QualitySeries {
  const width = period.until - period.since > 15 * DAY_MS ? DAY_MS : 6 * HOUR_MS;
  const count = Math.max(1, Math.floor((period.until - period.since) / width));
  const points = Array.from({ length: count }, (_, index): SeriesPoint => {
    const since = period.since + index * width;
    const span = { since, until: since + width };
    const middle = since + width / 2;
    const isGap = Math.abs(middle - (now - 5.7 * DAY_MS)) < 0.35 * DAY_MS;
    if (isGap) return { ...span, value: undefined, interval: undefined, total: 0 };
    return { ...span, ...toValue(name, { middle, index, now, days: width / DAY_MS }) };
  });
  return { name, unit: name === 'drop_off' || name === 'completion' ? 'rate' : 'seconds', points };
}

interface Moment {
  readonly middle: number;
  readonly index: number;
  readonly now: number;
  readonly days: number;
}

function toValue(name: QualitySeries['name'], { middle, index, now, days }: Moment) {
  const fault = toFault(middle, now);
  const wobble = Math.sin(index * 2.1) * 0.5 + Math.sin(index * 0.7) * 0.5;
  const total = Math.round(130 * days * (1 + 0.2 * wobble));
  if (name === 'drop_off' || name === 'completion') {
    const dropped = 0.3 + 0.24 * fault + 0.025 * wobble;
    const rate = name === 'drop_off' ? dropped : 1 - dropped;
    const proportion = measureProportion(Math.round(rate * total), total);
    return { value: proportion.rate, interval: proportion, total };
  }
  const value = (name === 'response' ? 1.1 : 1.9) + 0.3 * fault + 0.18 * wobble;
  return { value, interval: { low: value * 0.9, high: value * 1.12 }, total };
}
