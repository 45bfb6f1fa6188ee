/** What a flag is, in the words of OpenFeature. */
export interface FlagResolution<T> {
  readonly value: T;
  readonly variant?: string;
  readonly reason: 'SPLIT' | 'ERROR';
}

/** Not part of what is published: OpenFeature's codes are an enum, which no text of ours fits. */
interface FailedResolution<T> extends FlagResolution<T> {
  readonly errorCode: 'FLAG_NOT_FOUND' | 'TARGETING_KEY_MISSING' | 'TYPE_MISMATCH';
}

/** A provider that OpenFeature's server SDK takes: the flags are experiments, their values variants. */
export interface FlagProvider {
  readonly metadata: { readonly name: string };
  readonly runsOn: 'server';
  resolveBooleanEvaluation(flag: string, fallback: boolean): Promise<FlagResolution<boolean>>;
  resolveNumberEvaluation(flag: string, fallback: number): Promise<FlagResolution<number>>;
  resolveObjectEvaluation<T>(flag: string, fallback: T): Promise<FlagResolution<T>>;
  resolveStringEvaluation(
    flag: string,
    fallback: string,
    context?: { readonly targetingKey?: string | undefined },
  ): Promise<FlagResolution<string>>;
}

/** What a provider needs of the experiments of a bot. */
export interface FlagSource {
  readonly isDeclared: (experiment: string) => boolean;
  /** Shows a variant to the user of the present turn; undefined outside of every turn. */
  readonly show: (experiment: string) => Promise<string> | undefined;
  /** The variant of a user whom nothing is shown. */
  readonly assign: (experiment: string, userKey: string) => Promise<string>;
}

/**
 * Lets code that asks OpenFeature get the variants of our experiments. In a turn the user is the
 * one who wrote, and is thereby exposed; elsewhere `targetingKey` is the user's key, and nobody is.
 */
export function createFlagProvider({ isDeclared, show, assign }: FlagSource): FlagProvider {
  return {
    metadata: { name: 'turnspan' },
    runsOn: 'server',
    resolveBooleanEvaluation: async (_, fallback) => mismatch(fallback),
    resolveNumberEvaluation: async (_, fallback) => mismatch(fallback),
    resolveObjectEvaluation: async (_, fallback) => mismatch(fallback),
    resolveStringEvaluation: async (flag, fallback, { targetingKey } = {}) => {
      if (!isDeclared(flag)) return refuse(fallback, 'FLAG_NOT_FOUND');
      const shown = show(flag) ?? (targetingKey ? assign(flag, targetingKey) : undefined);
      if (shown === undefined) return refuse(fallback, 'TARGETING_KEY_MISSING');
      const variant = await shown;
      return { value: variant, variant, reason: 'SPLIT' };
    },
  };
}

function mismatch<T>(fallback: T): FailedResolution<T> {
  return refuse(fallback, 'TYPE_MISMATCH');
}

function refuse<T>(value: T, errorCode: FailedResolution<T>['errorCode']): FailedResolution<T> {
  return { value, reason: 'ERROR', errorCode };
}
