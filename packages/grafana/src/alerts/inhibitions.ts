/** A rule by which Alertmanager mutes some alerts while others fire. */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels that have to be the same in both; what neither has is the same. */
  readonly equal: readonly string[];
}

const SOURCE = 'sending="blocked"';
const TARGET = 'category="conversation"';

/**
 * Mutes alerts of conversations while WhatsApp does not let messages through: whoever gets no
 * message drops off. Flows have no line in their labels, so any line that is blocked mutes them.
 */
export function createAlertmanagerInhibitions(): readonly Inhibition[] {
  return [
    { source_matchers: [SOURCE], target_matchers: [TARGET, 'line=""'], equal: ['job'] },
    {
      source_matchers: [SOURCE],
      target_matchers: [TARGET, 'line!=""'],
      equal: ['job', 'line'],
    },
    {
      source_matchers: [SOURCE, 'line=""'],
      target_matchers: [TARGET, 'line!=""'],
      equal: ['job'],
    },
  ];
}
