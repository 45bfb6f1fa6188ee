import { Scenario } from './support/scenario';

/** Asks the questions one after the other, each answered by text that no pattern fits. */
function wander(scenario: Scenario, nodes: readonly string[], answers = ['x']): void {
  nodes.forEach((node, index) => {
    const answer = answers[index % answers.length] ?? '';
    if (index === 0) scenario.meet('order', node);
    else scenario.hear(answer).answer('unmatched').ask(node).done();
  });
}

const LOOPS: readonly [string, number][] = [
  ['a a a', 1],
  ['b a a a', 1],
  ['a b a b a b', 2],
  ['a b c a b c a b c', 3],
  ['a b c d a b c d a b c d', 4],
];

describe('a loop', () => {
  it.each(LOOPS)('is noticed in %s', (path, period) => {
    const scenario = new Scenario();

    wander(scenario, path.split(' '));

    expect(scenario.told('node_looped').map((event) => event.period)).toEqual([period]);
  });

  it.each([['a a'], ['a b a b a'], ['a b c d e a b c d e a b c d e'], ['a b b c b b']])(
    'is not yet, or never, %s',
    (path) => {
      const scenario = new Scenario();

      wander(scenario, path.split(' '));

      expect(scenario.told('node_looped')).toEqual([]);
    },
  );

  it('is on the visit at which it was noticed', () => {
    const scenario = new Scenario();
    wander(scenario, ['a', 'a', 'a']);

    scenario.hear('yes').answer('matched').end().done();

    const periods = scenario.told('visit_settled').map(({ loopPeriod }) => loopPeriod);
    expect(periods).toEqual([undefined, undefined, 1]);
  });

  it('that goes on is told again after two more rounds', () => {
    const scenario = new Scenario();

    wander(scenario, 'a a a a a a'.split(' '));

    expect(scenario.told('node_looped').map(({ visit }) => visit.index)).toEqual([3, 5]);
  });

  it('is none where every answer is new', () => {
    const scenario = new Scenario();
    scenario.meet('diary', 'what else');

    for (const text of ['milk', 'bread', 'eggs', 'tea']) {
      scenario.hear(text).answer('accepted').ask('what else').done();
    }

    expect(scenario.told('node_looped')).toEqual([]);
  });

  it('is one where the same free text is given again and again', () => {
    const scenario = new Scenario();
    scenario.meet('diary', 'what else');

    for (const text of ['milk', 'milk', 'milk']) {
      scenario.hear(text).answer('accepted').ask('what else').done();
    }

    expect(scenario.told('node_looped').map(({ period }) => period)).toEqual([1]);
  });

  it.each([['menu'], [['start', 'menu']]])('is none through the menu %j', (menu) => {
    const scenario = new Scenario({ flows: { order: { menu } } });

    wander(scenario, 'menu a menu a menu a menu menu menu'.split(' '));

    expect(scenario.told('node_looped')).toEqual([]);
  });

  it('of one journey is none of another', () => {
    const scenario = new Scenario();

    for (let round = 0; round < 5; round += 1) {
      scenario.hear('again').begin('order').ask('size').done();
      scenario.hear('no').answer('unmatched').end('stopped').done();
    }

    expect(scenario.told('node_looped')).toEqual([]);
  });
});
