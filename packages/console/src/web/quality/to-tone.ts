/** How a state is coloured. */
export type StateTone = 'good' | 'watch' | 'bad' | 'plain' | 'gap';

const GOOD = ['GREEN', 'CONNECTED', 'APPROVED', 'AVAILABLE'];
const WATCH = ['YELLOW', 'PENDING', 'LIMITED', 'RATE_LIMITED', 'IN_APPEAL'];
const BAD = ['RED', 'FLAGGED', 'PAUSED', 'RESTRICTED', 'DISABLED', 'REJECTED', 'BANNED', 'BLOCKED'];

/** The tone of one of the channel's words; new words are plain. */
export function toStateTone(value: string | undefined): StateTone {
  if (value === undefined) return 'gap';
  if (GOOD.includes(value)) return 'good';
  if (WATCH.includes(value)) return 'watch';
  return BAD.includes(value) ? 'bad' : 'plain';
}
