import { DAY, MINUTE, SECOND, START } from './support/clock';
import { Scenario } from './support/scenario';

describe('a delivery status', () => {
  it('finds its way back to the node that sent the message', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').say('welcome').done();
    scenario.clock.advance(3 * SECOND);

    scenario.report('delivered');

    expect(scenario.told('delivery')).toMatchObject([
      { flow: 'order', node: 'welcome', seconds: 3, signal: { status: 'delivered' } },
    ]);
  });

  it.each([[undefined], ['another bot’s tag'], ['["ts1"'], ['["ts1",1,2,3,4]'], ['["ts1",null]']])(
    'with the tag %j is told without a node',
    (tag) => {
      const scenario = new Scenario();

      scenario.report('read', tag === undefined ? {} : { tag });

      const [told] = scenario.told('delivery');
      expect(told).toMatchObject({ signal: { status: 'read' } });
      expect([told?.flow, told?.node, told?.seconds]).toEqual([undefined, undefined, undefined]);
    },
  );

  it('in whole seconds is rounded, not skewed', () => {
    const scenario = new Scenario();
    scenario.clock.advance(900);
    scenario.hear('hi').begin('order').say('welcome').done();

    scenario.report('sent', { at: START });
    scenario.report('sent', { at: START - MINUTE });

    expect(scenario.told('delivery').map(({ seconds }) => seconds)).toEqual([0, 0]);
    expect(scenario.told('clock_skewed')).toHaveLength(1);
  });

  it('failed settles the question as undelivered, never before it was asked', () => {
    const scenario = new Scenario();
    scenario.clock.advance(900);
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();

    scenario.report('failed', { at: START });

    expect(scenario.tale().slice(5)).toEqual([
      'leave payment/card: undelivered',
      'end payment: undelivered',
      'leave order/pay: undelivered',
      'end order: undelivered',
    ]);
    expect(scenario.told('journey_ended').map(({ at }) => at - START)).toEqual([900, 900]);
    expect(scenario.told('clock_skewed')).toEqual([]);
  });

  it.each([
    ['twice', (s: Scenario) => s.report('failed')],
    ['before the others', (s: Scenario) => s.report('delivered')],
  ])('failed, told %s, settles once', async (_, then) => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.report('failed');

    then(scenario);
    await scenario.pass(9 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['undelivered']);
  });

  it('failed after the answer came changes nothing', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('big').answer().done();

    scenario.report('failed');

    expect(scenario.told('visit_settled')).toEqual([]);
  });

  it('failed of a message that asked nothing settles nothing', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').say('welcome').done();

    scenario.report('failed');

    expect(scenario.told('visit_settled')).toEqual([]);
  });

  it('failed lets the bot go on with a new journey, which is no return', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.report('failed');
    scenario.tale();

    scenario.hear('hello?').answer().ask('crust').done();

    expect(scenario.tale()).toEqual([
      'begin order (return)',
      'enter order/crust',
      'ask order/crust',
    ]);
  });

  it('failed of a question that another process asked takes no answer away', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.restart();
    scenario.report('failed');

    scenario.hear('big').answer().end().done();

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
  });

  it('has no tag where flow and node are too long to travel', () => {
    const scenario = new Scenario();

    scenario.hear('hi').begin('f'.repeat(400)).say('n'.repeat(400)).done();

    expect(scenario.tags).toEqual([undefined]);
  });
});

describe('a webhook', () => {
  it('is told as it was dealt with', () => {
    const scenario = new Scenario();
    const signal = { kind: 'webhook', field: 'messages', result: 'duplicate' } as const;

    scenario.tracker.signal(signal);

    expect(scenario.told('webhook')).toEqual([{ kind: 'webhook', at: START, signal }]);
  });
});
