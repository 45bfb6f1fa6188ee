/** Something that has to be done once before everything else, and that may fail at first. */
export interface Opening {
  /** Does it unless it is done; all who ask at once share one attempt. */
  readonly open: () => Promise<void>;
  /** It has to be done again. */
  readonly reset: () => void;
}

/** Makes an {@link Opening} of what opens; after a failure the next one who asks tries again. */
export function createOpening(attemptToOpen: () => Promise<void>): Opening {
  let opened: Promise<void> | undefined;
  const reset = () => {
    opened = undefined;
  };
  const open = () => {
    opened ??= attemptToOpen().catch((error: unknown) => {
      reset();
      throw error;
    });
    return opened;
  };
  return { open, reset };
}
