import fc from 'fast-check';
import { Trail } from '../src/trail';

interface Asked {
  readonly node: string;
  /** Whether the answer to it told the bot something new. */
  readonly isNew: boolean;
}

const questions: fc.Arbitrary<readonly Asked[]> = fc.array(
  fc.record({
    node: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    isNew: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.boolean() },
    ),
  }),
  { maxLength: 60 },
);

/** The same in plain words and with all the memory it takes. */
function findLoops(sequence: readonly Asked[]): (number | undefined)[] {
  let since = 0;
  return sequence.map((_, index) => {
    if (index > 0 && sequence[index - 1]?.isNew) since = index;
    const asked = sequence.slice(0, index + 1).map(({ node }) => node);
    const period = [1, 2, 3, 4].find((length) => {
      const rounds = [1, 2, 3].map((round) =>
        asked.slice(asked.length - round * length, asked.length - (round - 1) * length).join(),
      );
      const enough = asked.length >= 3 * length && asked.length - since >= 2 * length;
      return enough && new Set(rounds).size === 1;
    });
    if (period !== undefined) since = index + 1;
    return period;
  });
}

function walk(sequence: readonly Asked[], restart = (trail: Trail) => trail) {
  let trail = new Trail();
  return sequence.map(({ node, isNew }, index) => {
    const period = trail.ask(node);
    trail.answer(node, isNew ? `new${index}` : '', isNew);
    trail = restart(trail);
    return period;
  });
}

describe('a trail', () => {
  it('finds the loops that a search through everything finds', () => {
    fc.assert(
      fc.property(questions, (sequence) => {
        expect(walk(sequence)).toEqual(findLoops(sequence));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the same when it is written down and read in between', () => {
    fc.assert(
      fc.property(questions, (sequence) => {
        const restart = (trail: Trail) => Trail.from(JSON.parse(JSON.stringify(trail.toRecord())));

        expect(walk(sequence, restart)).toEqual(walk(sequence));
      }),
    );
  });

  it('takes constant memory', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ max: 99, min: 10 }), { maxLength: 400 }), (steps) => {
        const trail = new Trail();

        for (const step of steps) {
          trail.ask(String(step));
          trail.answer(String(step), 'hash', true);
        }

        const { nodes, path } = trail.toRecord();
        expect(nodes.length).toBeLessThanOrEqual(72);
        expect(path.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('remembers the last 36 nodes', () => {
    const trail = new Trail();
    for (let step = 0; step < 40; step += 1) trail.visit(`step${step}`);

    const known = ['step0', 'step3', 'step4', 'step39'].map((node) => trail.has(node));

    expect(known).toEqual([false, false, true, true]);
  });
});
