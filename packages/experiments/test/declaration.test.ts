import { TurnspanError } from '@turnspan/core';
import { type ExperimentOptions, GUARDRAILS, parseDeclaration } from '@turnspan/experiments';

const bot = { flows: { order: ['ask-size', 'pay'], help: [] } };
const good: ExperimentOptions = { variants: ['one', 'split'], flow: 'order' };

function complaintOf(name: string, options: unknown): string {
  try {
    parseDeclaration(name, options as ExperimentOptions, bot);
  } catch (error) {
    if (error instanceof TurnspanError && error.code === 'OPTION_INVALID') return error.message;
    throw error;
  }
  return 'It was taken.';
}

describe('a declaration', () => {
  it('is filled in with defaults', () => {
    expect(parseDeclaration('ask-size', good, bot)).toEqual({
      name: 'ask-size',
      variants: ['one', 'split'],
      weights: [1, 1],
      flow: 'order',
      goal: 'completed',
      guardrails: GUARDRAILS,
      salt: 'ask-size',
      ramp: 1,
      exclusion: undefined,
      overrides: {},
      plannedUsers: 2000,
      smallestDifference: 0.05,
    });
  });

  it.each(['completed', 'replied', 'ask-size', 'pay'])('may want %s', (goal) => {
    expect(parseDeclaration('ask-size', { ...good, goal }, bot).goal).toBe(goal);
  });

  it('takes any flow and goal of a bot that nothing is known of', () => {
    expect(() => parseDeclaration('ask-size', { ...good, goal: 'anything' })).not.toThrow();
  });

  it.each<[string, unknown, string]>([
    ['an unknown option', { weight: [1, 2] }, 'there is no option "weight"'],
    ['no variants', { variants: undefined }, 'two to 10 variants'],
    ['one variant', { variants: ['one'] }, 'two to 10 variants'],
    ['eleven variants', { variants: [...'abcdefghijk'] }, 'two to 10 variants'],
    ['a variant with a space', { variants: ['one', 'a b'] }, 'cannot be named "a b"'],
    ['a variant that is no text', { variants: ['one', 2] }, 'cannot be named 2'],
    ['duplicate names', { variants: ['one', 'two', 'one'] }, '"one" is named twice'],
    ['too few weights', { weights: [1] }, 'one number for each of the 2 variants'],
    ['a weight of nothing', { weights: [1, 0] }, 'above 0, got 1, 0'],
    ['a weight that is no number', { weights: [1, Number.NaN] }, 'above 0, got 1, NaN'],
    ['no flow', { flow: undefined }, '`flow` has to name'],
    ['an unknown flow', { flow: 'oder' }, 'no flow "oder"; it has "order", "help"'],
    [
      'an unknown goal',
      { goal: 'bought' },
      'no goal "bought"; take "completed", "replied", "ask-size", "pay"',
    ],
    ['an empty goal', { goal: '' }, '`goal` has to name'],
    ['an unknown guardrail', { guardrails: ['speed'] }, 'no guardrail "speed"'],
    ['a guardrail twice', { guardrails: ['errors', 'errors'] }, 'named twice'],
    ['guardrails that are no list', { guardrails: 'errors' }, 'a list of names'],
    ['an empty salt', { salt: '' }, '`salt` has to be'],
    ['a ramp of nobody', { ramp: 0 }, 'above 0 and at most 1, got 0'],
    ['a ramp in per cent', { ramp: 10 }, 'above 0 and at most 1, got 10'],
    ['a group without a name', { exclusion: { from: 0, to: 1 } }, '`exclusion.group`'],
    ['an empty part', { exclusion: { group: 'g', from: 0.5, to: 0.5 } }, 'got 0.5 to 0.5'],
    ['an override to nothing', { overrides: { me: 'three' } }, 'an override names "three"'],
    ['a plan for too few', { plannedUsers: 20 }, 'from 300 up, got 20'],
    ['no smallest difference', { smallestDifference: 0 }, 'above 0, got 0'],
  ])('with %s is refused in a sentence', (_, options, sentence) => {
    expect(complaintOf('ask-size', { ...good, ...(options as object) })).toContain(sentence);
  });

  it.each(['', 'ask size', 'x'.repeat(65)])('cannot be named "%s"', (name) => {
    expect(complaintOf(name, good)).toContain('its name has to be');
  });
});
