import type { ConfusionSignal } from '../src';
import { Scenario } from './support/scenario';

type Play = (scenario: Scenario) => unknown;

const OPTIONS = {
  flows: { order: { menu: 'menu', nodes: { photo: { expectsMedia: true } } } },
};

/** What happens after the question `order/size` was asked, and the signs of confusion it is. */
const PLAYS: readonly [string, readonly ConfusionSignal[], Play][] = [
  ['an answer that fits', [], (s) => s.hear('big').answer('matched').ask('crust').done()],
  ['no match', ['no_match'], (s) => s.hear('x').answer('unmatched').ask('size').done()],
  ['the default', ['no_match'], (s) => s.hear('x').answer('default').ask('size').done()],
  ['a default that leads on', [], (s) => s.hear('x').answer('default').ask('crust').done()],
  ['a plea for help', ['help'], (s) => s.hear(' Help ').answer('unmatched').ask('crust').done()],
  ['a plea for a person', ['agent'], (s) => s.hear('AGENT').handOff().done()],
  ['help that was offered', [], (s) => s.hear('help').answer('matched').ask('crust').done()],
  ['help inside a sentence', [], (s) => s.hear('I can help').answer('matched').ask('b').done()],
  ['a plea that is no answer', ['help'], (s) => s.hear('help').done()],
  ['a plea that interrupts', ['help'], (s) => s.hear('help').begin('faq').say('faq').end().done()],
  ['a way back', ['back'], (s) => s.hear('back').answer('matched').ask('name').done()],
  ['a way to the menu', [], (s) => s.hear('back').answer('matched').ask('menu').done()],
  ['media', ['media'], (s) => s.hear({ inputKind: 'media' }).answer().ask('crust').done()],
];

describe('a question', () => {
  it.each(PLAYS)('answered by %s tells %j', (_, signals, play) => {
    const scenario = new Scenario(OPTIONS);
    scenario.hear('hi').begin('order').ask('menu').done();
    scenario.hear('order').answer('matched').ask('name').done();
    scenario.hear('Ann').answer('accepted').ask('size').done();

    play(scenario);

    const told = scenario.told('node_confused');
    expect(told.map(({ signal }) => signal)).toEqual(signals);
    expect(told.every(({ visit }) => visit.node === 'size')).toBe(true);
  });

  it('that asks for media is not confused by it', () => {
    const scenario = new Scenario(OPTIONS);
    scenario.meet('order', 'photo');

    scenario.hear({ inputKind: 'media' }).answer().end().done();

    expect(scenario.told('node_confused')).toEqual([]);
  });

  it('given the same input again tells so every time', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    for (let round = 0; round < 4; round += 1) {
      scenario.hear(' Pizza').answer('unmatched').ask('size').done();
    }

    const identical = scenario.told('node_confused').filter((e) => e.signal === 'identical_input');
    expect(identical.map(({ visit }) => visit.index)).toEqual([2, 3, 4]);
  });

  it.each([
    ['another question between', ['a', 'b', 'a']],
    ['other input', ['a', 'a']],
  ])('given input that is not the same twice running, with %s, tells nothing', (_, nodes) => {
    const scenario = new Scenario();
    nodes.forEach((node, index) => {
      const text = nodes.length === 3 ? 'x' : `x${index}`;
      if (index === 0) scenario.meet('order', node);
      else scenario.hear(text).answer('accepted').ask(node).done();
    });

    scenario.hear('x').answer('accepted').end().done();

    const signals = scenario.told('node_confused').map(({ signal }) => signal);
    expect(signals).not.toContain('identical_input');
  });

  it('understands the words of its team', () => {
    const scenario = new Scenario({ helpWords: ['SOS'], agentWords: ['chef'] });
    scenario.meet('order', 'size');

    scenario.hear('sos').answer('unmatched').ask('size').done();
    scenario.hear('chef').answer('unmatched').ask('size').done();
    scenario.hear('help').answer('unmatched').ask('size').done();

    const signals = scenario.told('node_confused').map(({ signal }) => signal);
    expect(signals.filter((signal) => signal !== 'no_match')).toEqual(['help', 'agent']);
  });
});
