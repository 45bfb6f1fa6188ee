import type { JournalRow } from '@turnspan/journal';
import type { RowFormat } from './row-format';

const OF_JOURNEY = ['flow', 'version', 'variant', 'channel', 'line', 'user_key', 'session_id'];
const OF_VISIT = ['visit_index', 'kind', 'outcome', 'input_kind', 'match', 'loop_period'];
const SECONDS = ['wait_seconds', 'processing_seconds'];

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Node" keys="concept:name"/>
`;

/** XES 1.0: a trace for each journey, an event for each of its visits, at the time it was entered. */
export function createXes(): RowFormat {
  let journey: JournalRow[string] | undefined;
  return {
    order: 'key',
    head: HEAD,
    toText: (row) => {
      const isNext = row.journey_id !== journey;
      const close = isNext && journey !== undefined ? '  </trace>\n' : '';
      journey = row.journey_id;
      return `${close}${isNext ? beginTrace(row) : ''}${toEvent(row)}`;
    },
    toEnd: () => `${journey === undefined ? '' : '  </trace>\n'}</log>\n`,
  };
}

type Attribute = readonly [type: string, key: string, value: JournalRow[string] | undefined];

function beginTrace(row: JournalRow): string {
  const attributes: readonly Attribute[] = [
    ['string', 'concept:name', row.journey_id],
    ...OF_JOURNEY.map((key) => ['string', key, row[key]] as const),
  ];
  return `  <trace>\n${toLines('    ', attributes)}`;
}

function toEvent(row: JournalRow): string {
  const attributes: readonly Attribute[] = [
    ['string', 'concept:name', row.node],
    ['date', 'time:timestamp', toDate(row.entered_at)],
    ['date', 'settled_at', toDate(row.at)],
    ['date', 'asked_at', toDate(row.asked_at)],
    ...OF_VISIT.map(
      (key) => [typeof row[key] === 'number' ? 'int' : 'string', key, row[key]] as const,
    ),
    ...SECONDS.map((key) => ['float', key, row[key]] as const),
  ];
  return `    <event>\n${toLines('      ', attributes)}    </event>\n`;
}

function toDate(at: JournalRow[string] | undefined): string | null {
  return typeof at === 'number' ? new Date(at).toISOString() : null;
}

/** What is not known is left out. */
function toLines(indent: string, attributes: readonly Attribute[]): string {
  return attributes
    .filter(([, , value]) => value !== null && value !== undefined)
    .map(([type, key, value]) => `${indent}<${type} key="${key}" value="${escapeText(value)}"/>\n`)
    .join('');
}

/** What no XML may hold. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const SPECIAL = /[&<>"\t\n\r]/g;

function escapeText(value: unknown): string {
  return String(value)
    .replace(FORBIDDEN, '\u{FFFD}')
    .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
