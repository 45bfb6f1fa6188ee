import type { OnError, SharedState, Timestamp } from '@turnspan/core';
import type { Experiment } from '@turnspan/experiments';
import { type Pause, readPauses, sharePause, WHOLE_EXPERIMENT } from './shared-pauses';

/** What pauses are kept with. */
export interface PausesSetup {
  readonly shared: SharedState | undefined;
  readonly now: () => Timestamp;
  readonly onError: OnError;
  /** Hears of every pause and of its end, wherever it was made. */
  readonly onChange: (pause: Pause) => void;
}

/** Pauses variants, or whole experiments, in all processes that share a store; the latest word holds. */
export class Pauses {
  readonly #setup: PausesSetup;
  readonly #latest = new Map<string, Timestamp>();

  constructor(setup: PausesSetup) {
    this.#setup = setup;
  }

  /** Pauses a variant or shows it again, here at once and elsewhere at the next look. */
  set(experiment: Experiment, change: Pick<Pause, 'variant' | 'isPaused' | 'because'>): void {
    const { name, salt } = experiment.declaration;
    const pause = { experiment: name, salt, ...change, at: this.#setup.now() };
    this.#apply(experiment, pause);
    const { shared, onError } = this.#setup;
    if (shared) sharePause(shared, pause).catch(onError);
  }

  /** Takes over what other processes have said since the last look. */
  async look(experiments: readonly Experiment[]): Promise<void> {
    const { shared } = this.#setup;
    if (!shared || experiments.length === 0) return;
    for (const pause of await readPauses(shared)) {
      const { experiment: name, salt } = pause;
      const found = experiments.find(
        ({ declaration }) => declaration.name === name && declaration.salt === salt,
      );
      if (found && this.#isNews(pause)) this.#apply(found, pause);
    }
  }

  #isNews(pause: Pause): boolean {
    return pause.at > (this.#latest.get(keyOf(pause)) ?? Number.NEGATIVE_INFINITY);
  }

  #apply(experiment: Experiment, pause: Pause): void {
    const { variant, isPaused, because, at } = pause;
    this.#latest.set(keyOf(pause), at);
    if (variant === WHOLE_EXPERIMENT) setStopped(experiment, isPaused, because);
    else if (isPaused) experiment.pause(variant, because);
    else experiment.resume(variant);
    this.#setup.onChange(pause);
  }
}

function setStopped(experiment: Experiment, isStopped: boolean, because: string): void {
  if (isStopped) experiment.stop(because);
  else experiment.resume();
}

function keyOf({ experiment, salt, variant }: Pause): string {
  return `${experiment}/${salt}/${variant}`;
}
