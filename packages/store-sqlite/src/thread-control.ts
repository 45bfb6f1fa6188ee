/** How long the end of the process waits for a statement that runs. */
const LIMIT_MS = 1000;
const [IS_OVER, IS_BUSY] = [0, 1];

const controls = new Set<ThreadControl>();
let isListening = false;

/**
 * What two threads know of each other at once. A process that ends in the middle of a statement of
 * another thread would be aborted by libsql, so it waits until that statement is done.
 */
export class ThreadControl {
  /** The memory that both share: whether there is to be no other statement, and whether one runs. */
  readonly memory: Int32Array = new Int32Array(new SharedArrayBuffer(8));

  /** Sees to the end of the process from now on. */
  watch(): void {
    controls.add(this);
    if (isListening) return;
    isListening = true;
    process.on('exit', settleAll);
  }

  /** There is nothing to be seen to any more. */
  forget(): void {
    controls.delete(this);
  }

  /** Allows no other statement. */
  stop(): void {
    Atomics.store(this.memory, IS_OVER, 1);
  }

  /** Allows no other statement, and waits for the one that runs. */
  settle(): void {
    this.stop();
    Atomics.wait(this.memory, IS_BUSY, 1, LIMIT_MS);
  }
}

function settleAll(): void {
  for (const control of controls) control.settle();
}
