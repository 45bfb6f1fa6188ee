import type { SharedState } from '@turnspan/core';

/** What several processes share, in memory; `isGone` makes it reject. */
export class MemoryShared implements Pick<SharedState, 'assign'> {
  readonly values: Map<string, string> = new Map();
  isGone = false;

  async assign(name: string, value: string): Promise<string> {
    if (this.isGone) throw new Error('gone');
    const kept = this.values.get(name) ?? value;
    this.values.set(name, kept);
    return kept;
  }
}
