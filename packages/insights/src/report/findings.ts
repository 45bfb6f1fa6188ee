import type { NodeConfusion } from '../journeys/confusion';
import type { NodeDropOff } from '../journeys/drop-off';
import type { FlowLoop } from '../journeys/loops';
import type { SlowNode } from '../journeys/slow-nodes';
import type { UnexpectedDropOff } from '../movements/unexpected-drop-off';
import { measureProportion } from '../statistics/proportion';
import type { Finding, Report } from './report';
import { writeCount, writePeople, writePercent, writeProportion, writeSeconds } from './words';

/** What findings are made of. */
export type FindingSources = Pick<
  Report,
  'dropOff' | 'unexpected' | 'confusion' | 'loops' | 'slow' | 'quality'
>;

/** From where on a difference is no chance. */
const SURE = 0.05;

/** Everything that stands out beyond chance, first what happens to most people beyond the usual. */
export function toFindings(sources: FindingSources): readonly Finding[] {
  const { dropOff, unexpected, confusion, loops, slow, quality } = sources;
  const moved = unexpected.kind === 'found' ? unexpected.value : [];
  return [
    ...dropOff.filter(({ q, excess }) => q <= SURE && excess >= 1).map(tellDropOff),
    ...confusion.filter(({ confusing }) => confusing).map(tellConfusion),
    ...loops.flatMap(tellLoop),
    ...moved.filter((each) => each.unexpected && each.past.atLeast >= 1).map(tellUnexpected),
    ...slow.filter(({ q, excessSeconds }) => q <= SURE && excessSeconds > 0).map(tellSlow),
    ...tellQuality(quality),
  ].sort((a, b) => b.people - a.people);
}

const NEEDED = 30;

/** The worst thing in one sentence, or why there is none. */
export function toHeadline(
  [worst]: readonly Finding[],
  { visits, journeys }: Pick<Report, 'visits' | 'journeys'>,
): string {
  if (worst) return worst.sentence;
  if (visits < NEEDED) {
    return `There is not enough to go on: ${writeCount(visits)} visits were settled in this period.`;
  }
  return `Nothing stands out in ${writeCount(journeys)} journeys: every node is about like the others of its flow.`;
}

function tellDropOff({ flow, node, own, mates, ratio, excess }: NodeDropOff): Finding {
  const times =
    ratio === undefined
      ? ''
      : `, ${toTimes(ratio)} as often as at the others (${writePercent(mates.rate ?? 0)})`;
  return {
    kind: 'drop_off',
    place: { flow, node },
    people: Math.floor(excess),
    sentence: `At ${node} of ${flow}, ${writeCount(own.count)} of ${writePeople(own.total)} fell silent: ${writeProportion(own)}${times}.`,
  };
}

function tellConfusion({ flow, node, signals, lost }: NodeConfusion): Finding {
  const [clearest] = signals;
  const dropped = lost.kind === 'found' ? Math.max(0, Math.floor(lost.value.low)) : 0;
  const own = clearest ? ` (${toSign(clearest.signal)}: ${writeProportion(clearest.own)})` : '';
  const cost =
    dropped > 0 ? `; of those it confused at least ${writePeople(dropped)} more were lost` : '';
  return {
    kind: 'confusion',
    place: { flow, node },
    people: Math.floor(Math.max(0, ...signals.map(({ excess }) => excess))),
    sentence: `The question ${node} of ${flow} confuses people${own}${cost}.`,
  };
}

/** Signs of confusion as people would say them. */
const SIGNS: Readonly<Record<string, string>> = {
  no_match: 'nothing matched',
  help: 'asked for help',
  agent: 'asked for a person',
  back: 'went back',
  identical_input: 'said the same again',
  media: 'sent media',
  slow_reply: 'slow replies',
};

/** What a sign of confusion is called. */
export function toSign(signal: string): string {
  return SIGNS[signal] ?? signal;
}

/** In every bot a few go in a circle; from this part of all journeys on it is worth a sentence. */
const LOOP_SHARE = 0.02;

function tellLoop({ flow, nodes, journeys, lost }: FlowLoop): readonly Finding[] {
  if (lost.kind !== 'found' || lost.value.low < 1) return [];
  const all = lost.value.affected.total + lost.value.others.total;
  if (measureProportion(journeys, all).low < LOOP_SHARE) return [];
  const [first] = nodes;
  const circle =
    nodes.length === 1
      ? `asked ${first} again and again`
      : `sent in the circle ${[...nodes, first].join(' → ')}`;
  const people = Math.floor(lost.value.low);
  const sentence = `In ${flow}, ${writePeople(journeys)} were ${circle}; at least ${writeCount(people)} more of them were lost than of the others.`;
  return [{ kind: 'loop', place: { flow, node: first ?? '' }, people, sentence }];
}

function tellUnexpected({ flow, node, past }: UnexpectedDropOff): Finding {
  const people = Math.floor(past.atLeast);
  return {
    kind: 'unexpected',
    place: { flow, node },
    people,
    sentence: `At ${node} of ${flow}, ${writePeople(past.observed)} fell silent of late, where ${writeCount(past.expected)} would have been usual.`,
  };
}

function tellSlow({ flow, node, meanSeconds, matesSeconds }: SlowNode): Finding {
  return {
    kind: 'slow',
    place: { flow, node },
    people: 0,
    sentence: `The bot takes ${writeSeconds(meanSeconds)} at ${node} of ${flow}, and ${writeSeconds(matesSeconds)} elsewhere.`,
  };
}

function tellQuality({ risk, worsened }: Report['quality']): readonly Finding[] {
  const findings: Finding[] = [];
  const latest = worsened.at(-1);
  const quality = { kind: 'quality', place: undefined, people: 0 } as const;
  if (latest) {
    const { kind, name, subject, attribute, previous, value } = latest;
    const change = previous === null ? `became ${value}` : `went from ${previous} to ${value}`;
    const sentence = `The ${attribute} of ${kind} ${name ?? subject} ${change}.`;
    findings.push({ ...quality, sentence });
  }
  if (risk.kind === 'found' && risk.value.level !== 'calm') {
    const sentence = `The signs that come before a lower rating are unusual: ${risk.value.level}, index ${risk.value.index.toFixed(0)} of 100.`;
    findings.push({ ...quality, sentence });
  }
  return findings;
}

function toTimes(ratio: number): string {
  return `${Number(ratio.toPrecision(2))} times`;
}
