/** Counts wrong tokens. */
export interface Attempts {
  /** How long this address has to wait until it may try again; 0 if it may. */
  waitMs(address: string): number;
  /** Notes that the address gave a wrong token. */
  fail(address: string): void;
}

/** How many wrong tokens in a minute are too many. */
export interface AttemptLimits {
  /** @default 5 */
  readonly perAddress?: number;
  /** From everywhere together, for those who have many addresses. @default 60 */
  readonly overall?: number;
}

const WINDOW_MS = 60_000;
const EVERYBODY = '*';

interface Window {
  readonly endsAt: number;
  readonly count: number;
}

/** Lets an address guess a few times in a minute, and all of them together not much more often. */
export function createAttempts(
  now: () => number,
  { perAddress = 5, overall = 60 }: AttemptLimits = {},
): Attempts {
  const windows = new Map<string, Window>();
  const limitOf = (address: string) => (address === EVERYBODY ? overall : perAddress);
  const wait = (address: string) => {
    const { endsAt = 0, count = 0 } = windows.get(address) ?? {};
    return count >= limitOf(address) ? Math.max(0, endsAt - now()) : 0;
  };
  const count = (address: string) => {
    const window = windows.get(address);
    const isOver = window === undefined || window.endsAt <= now();
    const endsAt = isOver ? now() + WINDOW_MS : window.endsAt;
    windows.set(address, { endsAt, count: isOver ? 1 : window.count + 1 });
  };
  return {
    waitMs: (address) => Math.max(wait(address), wait(EVERYBODY)),
    fail(address) {
      // Nobody gets past the limit of all in a window, so that few addresses are ever kept.
      for (const [known, { endsAt }] of windows) if (endsAt <= now()) windows.delete(known);
      count(address);
      count(EVERYBODY);
    },
  };
}
