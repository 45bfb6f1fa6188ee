/** The command was typed wrongly. The message is a sentence for whoever typed it. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
