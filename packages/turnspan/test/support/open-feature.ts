import type { FlagClient, FlagProvider } from '../../src';

/** The part of OpenFeature's API that a bot meets. */
export interface OpenFeatureApi {
  setProviderAndWait(provider: FlagProvider): Promise<void>;
  getClient(): FlagClient;
  clearProviders(): Promise<void>;
}

const SDK = '@openfeature/server-sdk';

/** OpenFeature as its specification describes it, and its own SDK where that is installed. */
export function openFeatures(): readonly (readonly [string, OpenFeatureApi])[] {
  const published = ['its specification', createSpecified()] as const;
  try {
    const { OpenFeature } = require(require.resolve(SDK)) as { OpenFeature: OpenFeatureApi };
    return [published, ['its SDK', OpenFeature]];
  } catch {
    process.stderr.write(`SKIPPED: OpenFeature's own SDK, as ${SDK} is not installed.\n`);
    return [published];
  }
}

/** Section 1.4 of the specification: details are those of the provider, and a provider that fails gives the fallback. */
function createSpecified(): OpenFeatureApi {
  let provider: FlagProvider | undefined;
  return {
    setProviderAndWait: async (given) => {
      provider = given;
    },
    getClient: () => ({
      getStringDetails: async (flag, fallback, context) => {
        const failed = { value: fallback, reason: 'ERROR' };
        if (!provider) return failed;
        return await provider.resolveStringEvaluation(flag, fallback, context).catch(() => failed);
      },
    }),
    clearProviders: async () => {
      provider = undefined;
    },
  };
}
