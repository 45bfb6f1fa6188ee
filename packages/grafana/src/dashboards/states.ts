import type { MetricName } from '@turnspan/prometheus';
import { select } from './queries';

/** A state, as it is drawn. */
export interface State {
  /** Tells it from all other states of a panel; the worst of several is the one with the highest. */
  readonly code: number;
  readonly text: string;
  readonly color: string;
}

/** States by the words that are the values of a label. */
export type States = Readonly<Record<string, State>>;

const GOOD = 'green';
const WARNING = 'yellow';
const BAD = 'red';
const WORSE = 'dark-red';
const NEUTRAL = 'text';
const MIDDLE = 'orange';

/** How WhatsApp rates a number or a template. */
export const RATINGS: States = {
  unknown: { code: 10, text: 'Unknown', color: NEUTRAL },
  green: { code: 11, text: 'Green', color: GOOD },
  yellow: { code: 12, text: 'Yellow', color: WARNING },
  red: { code: 13, text: 'Red', color: BAD },
};

/** What may become of a number. */
export const PHONE_STATUSES: States = {
  unknown: { code: 20, text: 'Unknown', color: NEUTRAL },
  connected: { code: 21, text: 'Connected', color: GOOD },
  pending: { code: 22, text: 'Pending', color: NEUTRAL },
  unverified: { code: 23, text: 'Unverified', color: NEUTRAL },
  migrated: { code: 24, text: 'Migrated', color: NEUTRAL },
  disconnected: { code: 25, text: 'Disconnected', color: MIDDLE },
  rate_limited: { code: 26, text: 'Rate limited', color: MIDDLE },
  flagged: { code: 27, text: 'Flagged', color: WARNING },
  restricted: { code: 28, text: 'Restricted', color: BAD },
  banned: { code: 29, text: 'Banned', color: WORSE },
  deleted: { code: 30, text: 'Deleted', color: WORSE },
};

/** What may become of a template. */
export const TEMPLATE_STATUSES: States = {
  approved: { code: 40, text: 'Approved', color: GOOD },
  archived: { code: 41, text: 'Archived', color: NEUTRAL },
  pending: { code: 42, text: 'Pending', color: NEUTRAL },
  in_appeal: { code: 43, text: 'In appeal', color: MIDDLE },
  pending_deletion: { code: 44, text: 'To be deleted', color: NEUTRAL },
  deleted: { code: 45, text: 'Deleted', color: NEUTRAL },
  limit_exceeded: { code: 46, text: 'Limit exceeded', color: MIDDLE },
  paused: { code: 47, text: 'Paused', color: MIDDLE },
  rejected: { code: 48, text: 'Rejected', color: BAD },
  disabled: { code: 49, text: 'Disabled', color: WORSE },
};

/** Whether Meta says that messages can be sent. */
export const ABILITIES: States = {
  available: { code: 60, text: 'Can send', color: GOOD },
  limited: { code: 61, text: 'Can send a little', color: WARNING },
  blocked: { code: 62, text: 'Cannot send', color: BAD },
};

/** Whether an account is restricted. */
export const RESTRICTIONS: States = {
  none: { code: 70, text: 'None', color: GOOD },
  some: { code: 71, text: 'Restricted', color: BAD },
};

/** How much a number may send in a second. */
export const THROUGHPUTS: States = {
  standard: { code: 80, text: 'Standard', color: GOOD },
  high: { code: 81, text: 'High', color: GOOD },
  not_applicable: { code: 82, text: 'Not applicable', color: NEUTRAL },
};

/** A state that is new to Turnspan. */
const OTHER: State = { code: 99, text: 'Other', color: NEUTRAL };

/** All states of all panels. */
export const ALL_STATES: readonly State[] = [
  RATINGS,
  PHONE_STATUSES,
  TEMPLATE_STATUSES,
  ABILITIES,
  RESTRICTIONS,
  THROUGHPUTS,
  { other: OTHER },
].flatMap((states) => Object.values(states));

/** How the state of a subject is asked for. */
export interface StateQuery {
  /** The label whose values are the states. */
  readonly label: string;
  readonly states: States;
  /** Labels that tell subjects apart; of several subjects in one the worst state counts. */
  readonly by: string;
  readonly where?: string;
}

/** Turns a metric that is 1 for one of its states into the code of that state. */
export function toCode(metric: MetricName, { label, states, by, where }: StateQuery): string {
  const rows = Object.entries(states).map(([word, { code }]) =>
    toRow(metric, { matcher: `${label}="${word}"`, code, where }),
  );
  const known = `${label}!~"${Object.keys(states).join('|')}"`;
  const all = [...rows, toRow(metric, { matcher: known, code: OTHER.code, where })];
  return `max by (${by}) (${all.join(' or ')})`;
}

interface Row {
  readonly matcher: string;
  readonly code: number;
  readonly where: string | undefined;
}

function toRow(metric: MetricName, { matcher, code, where }: Row): string {
  const matchers = where === undefined ? matcher : `${matcher}, ${where}`;
  return `${code} * (${select(metric, { where: matchers })} == 1)`;
}
