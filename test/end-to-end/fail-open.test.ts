import { MemoryStore, type Store } from '../../packages/core/src';
import { type TurnspanOptions, turnspan } from '../../packages/turnspan/src';
import { waitFor } from '../support/servers/process';
import { startPizzaBot } from './support/pizza-bot';
import { type Transcript, transcriptOf, withoutTags } from './support/pizzeria';
import { play, SCRIPTS } from './support/scripts';

const boom = (): never => {
  throw new Error('boom');
};
const reject = () => Promise.reject(new Error('boom'));
const never = () => new Promise<never>(() => {});

/** A store of which some methods do something else. */
function storeWhich(broken: object): Store {
  return Object.assign(new MemoryStore('broken'), broken);
}

const askedOf = (answer: () => unknown) => ({
  wait: answer,
  claim: answer,
  takeDue: answer,
  settle: answer,
});

/** A clock that is right while the bot starts, and then breaks. */
function clockWhich(breaks: () => number): () => number {
  let reads = 0;
  return () => {
    reads += 1;
    return reads < 10 ? Date.now() : breaks();
  };
}

/** Turnspan with something in it that is broken, and whether that is noticed. */
const BROKEN: readonly (readonly [what: string, options: object, isNoticed: boolean])[] = [
  ['an observer that throws', { observers: [boom] }, true],
  ['an observer that rejects', { observers: [reject] }, true],
  ['a store that throws', { store: storeWhich(askedOf(boom)) }, true],
  ['a store that rejects', { store: storeWhich(askedOf(reject)) }, true],
  ['a store that never answers', { store: storeWhich(askedOf(never)) }, true],
  ['a store that cannot count', { store: storeWhich({ summary: boom }) }, true],
  ['a tracer that throws', { tracing: { tracer: { startSpan: boom } } }, true],
  ['a clock that breaks', { now: clockWhich(boom) }, true],
  ['a clock that is no longer a number', { now: clockWhich(() => Number.NaN) }, true],
  ['an error handler that throws', { observers: [boom], onError: boom }, false],
];

/** What the bot asks of Meta in all the scripts, one after the other. */
async function perform(options?: TurnspanOptions) {
  const plugin = options && turnspan({ metrics: { port: 0 }, ...options });
  const bot = await startPizzaBot({ ...(plugin && { plugin }) });
  try {
    const results = await play(bot.graph, Object.values(SCRIPTS).flat());
    await plugin?.metrics();
    return { results, transcript: transcriptOf(bot.graph) };
  } finally {
    await bot.close();
  }
}

jest.setTimeout(30_000);

describe('the pizza bot says the same', () => {
  let expected: { results: readonly unknown[]; transcript: Transcript };
  beforeAll(async () => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    expected = await perform();
    expect(expected.transcript.sent.length).toBeGreaterThan(40);
  });
  afterAll(() => jest.restoreAllMocks());

  it.each(BROKEN)('with %s', async (_, options, isNoticed) => {
    const onError = jest.fn();

    const { results, transcript } = await perform({ onError, ...options });

    expect(results).toEqual(expected.results);
    expect(withoutTags(transcript)).toEqual(expected.transcript);
    if (isNoticed) await waitFor(async () => onError.mock.calls.length > 0);
    expect(onError.mock.calls.length > 0).toBe(isNoticed);
  });
});
