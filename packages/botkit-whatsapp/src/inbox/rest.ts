const FAILURES = 5;
const REST_MS = 2000;

/** A time in which a store that fails is not asked, so that nobody has to wait for it. */
export interface Rest {
  /** Whether the store is to be left alone; now and then one caller is told to try. */
  isOn(): boolean;
  /** A call worked, or did not. */
  note(isGood: boolean): void;
}

/** Leaves a store alone after five failures in a row, but for one call every two seconds. */
export function createRest(tick: () => number): Rest {
  let failures = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    isOn() {
      if (failures < FAILURES) return false;
      const now = tick();
      if (now < until) return true;
      until = now + REST_MS;
      return false;
    },
    note(isGood) {
      failures = isGood ? 0 : failures + 1;
      if (failures === FAILURES) until = tick() + REST_MS;
    },
  };
}
