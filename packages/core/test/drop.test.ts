import { DAY, HOUR, MINUTE, SECOND, START } from './support/clock';
import { Scenario } from './support/scenario';

const OPTIONS = {
  flows: {
    support: { dropAfterMs: 2 * HOUR, nodes: { photo: { dropAfterMs: 3 * DAY } } },
    order: { nodes: { card: { dropAfterMs: HOUR, stallAfterMs: 5 * MINUTE } } },
  },
};

describe('silence', () => {
  it.each([
    ['order', 'size', 30 * MINUTE, DAY],
    ['order', 'card', 5 * MINUTE, HOUR],
    ['support', 'photo', 30 * MINUTE, 3 * DAY],
    ['support', 'topic', 30 * MINUTE, 2 * HOUR],
  ])('stalls and drops %s/%s at its own deadlines', async (...row) => {
    const [flow, node, stallAfter, dropAfter] = row;
    const scenario = new Scenario(OPTIONS);
    scenario.meet(flow, node);

    await scenario.pass(30 * DAY);

    expect(scenario.told('visit_stalled').map(({ at }) => at - START)).toEqual([stallAfter]);
    expect(scenario.told('visit_settled').map(({ at }) => at - START)).toEqual([dropAfter]);
    expect(scenario.told('journey_ended').map(({ at }) => at - START)).toEqual([dropAfter]);
  });

  it('is neither before its deadlines', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    await scenario.pass(30 * MINUTE - 1);
    const early = scenario.tale().length;
    await scenario.pass(DAY - 30 * MINUTE);

    expect(early).toBe(3);
    expect(scenario.tale()).toEqual(['stall order/size']);
  });

  it('counts from the last message of the user, and stalls from the question', async () => {
    const scenario = new Scenario();
    scenario
      .hear('hi')
      .begin('order')
      .work(10 * SECOND)
      .ask('size')
      .done();

    await scenario.pass(2 * DAY);

    expect(scenario.told('visit_stalled')[0]?.at).toBe(START + 10 * SECOND + 30 * MINUTE);
    expect(scenario.told('visit_settled')[0]?.at).toBe(START + DAY);
  });

  it('never drops a question before it was asked', async () => {
    const scenario = new Scenario({ dropAfterMs: 5 * SECOND });
    scenario
      .hear('hi')
      .begin('order')
      .work(8 * SECOND)
      .ask('size')
      .done();

    await scenario.pass(DAY);

    const [asked] = scenario.told('node_asked');
    expect(scenario.told('visit_settled')[0]?.at).toBeGreaterThanOrEqual(asked?.at ?? Infinity);
  });

  it('stalls no later than it drops', async () => {
    const scenario = new Scenario({ stallAfterMs: 3 * DAY });
    scenario.meet('order', 'size');

    await scenario.pass(5 * DAY);

    expect(scenario.tale().slice(3)).toEqual(['leave order/size: dropped', 'end order: dropped']);
  });

  it('drops nobody who waits for the bot', async () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').act('look up').done();

    await scenario.pass(9 * DAY);

    expect(scenario.tale()).toEqual(['begin order (user)', 'enter order/look up']);
  });

  it('drops nobody after a hand-off', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('agent').handOff().done();

    await scenario.pass(9 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['handed_off']);
  });

  it('drops the flows below at the node that began the child, innermost first', async () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').begin('main').call('do', 'order').call('pay', 'payment');
    scene.ask('card').done();
    scenario.tale();

    await scenario.pass(DAY);

    expect(scenario.tale()).toEqual([
      'stall payment/card',
      'leave payment/card: dropped',
      'end payment: dropped',
      'leave order/pay: dropped',
      'end order: dropped',
      'leave main/do: dropped',
      'end main: dropped',
    ]);
  });

  it('begins anew with any message, even if it is no answer', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(20 * HOUR);
    scenario.hear({ inputKind: 'media' }).done();

    await scenario.pass(23 * HOUR);
    const early = scenario.told('visit_settled').length;
    await scenario.pass(HOUR);

    expect(early).toBe(0);
    expect(scenario.told('visit_settled').map(({ at }) => at - START)).toEqual([44 * HOUR]);
  });

  it('counts as dropped whatever the user said on the way', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('big').answer().ask('crust').done();

    await scenario.pass(DAY);

    expect(
      scenario.told('visit_settled').map(({ visit, outcome }) => [visit.node, outcome]),
    ).toEqual([
      ['size', 'advanced'],
      ['crust', 'dropped'],
    ]);
  });

  it('settles more than one batch of deadlines in one sweep', async () => {
    const scenario = new Scenario();
    for (let user = 0; user < 1_203; user += 1) {
      scenario
        .hear('hi', { id: `user${user}`, frames: [] })
        .begin('order')
        .ask('size')
        .done();
    }

    const settled = await scenario.pass(DAY);

    expect(settled).toBe(2 * 1_203);
    expect(scenario.told('journey_ended')).toHaveLength(1_203);
  });
});

describe('a start by the bot', () => {
  it.each([
    ['a flow', (s: Scenario) => s.speakFirst().begin('offer').ask('want').done()],
    [
      'a flow and its child',
      (s: Scenario) => s.speakFirst().begin('offer').call('do', 'terms').ask('want').done(),
    ],
    [
      'a flow that gives way to another',
      (s: Scenario) => s.speakFirst().begin('hello').replace('offer').ask('want').done(),
    ],
  ])('with %s that nobody reacts to is no drop', async (_, play) => {
    const scenario = new Scenario();
    play(scenario);

    await scenario.pass(DAY);

    const outcomes = scenario.told('journey_ended').map(({ outcome }) => outcome);
    expect(outcomes).not.toContain('dropped');
    expect(outcomes.at(-1)).toBe('not_engaged');
  });

  it('that somebody reacted to can be dropped', async () => {
    const scenario = new Scenario();
    scenario.speakFirst().begin('offer').ask('want').done();
    scenario.hear('maybe').answer('default').ask('want').done();

    await scenario.pass(DAY);

    expect(scenario.told('journey_ended').map(({ outcome }) => outcome)).toEqual(['dropped']);
  });

  it('answered late is a new journey, but no return, since nobody had left', async () => {
    const scenario = new Scenario();
    scenario.speakFirst().begin('offer').ask('want').done();
    await scenario.pass(DAY);

    scenario.hear('yes').answer().say('great').end().done();

    expect(scenario.told('node_returned')).toEqual([]);
    expect(scenario.tale().slice(4)).toEqual([
      'leave offer/want: not_engaged',
      'end offer: not_engaged',
      'begin offer (return)',
      'enter offer/great',
      'leave offer/great: completed',
      'end offer: completed',
    ]);
  });

  it('counts its deadline from the question', async () => {
    const scenario = new Scenario();
    scenario.speakFirst().begin('offer').work(MINUTE).ask('want').done();

    await scenario.pass(2 * DAY);

    expect(scenario.told('visit_settled')[0]?.at).toBe(START + MINUTE + DAY);
  });
});
