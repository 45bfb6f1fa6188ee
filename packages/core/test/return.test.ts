import { DAY, HOUR, START } from './support/clock';
import { Scenario } from './support/scenario';

const RETURNED = [
  'leave order/size: dropped',
  'end order: dropped',
  'return order/size',
  'begin order (return)',
  'enter order/crust',
  'ask order/crust',
];

describe('a reply after the deadline', () => {
  it.each([
    ['was swept in time', async (s: Scenario) => void (await s.pass(DAY))],
    ['was not swept', (s: Scenario) => s.clock.advance(DAY)],
    [
      'was not swept, and the process was replaced',
      (s: Scenario) => {
        s.clock.advance(3 * DAY);
        s.restart();
      },
    ],
  ])('is a drop at the deadline and a return, when it %s', async (_, wait) => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await wait(scenario);

    scenario.hear('big').answer().ask('crust').done();
    await scenario.tracker.sweep();

    expect(
      scenario
        .tale()
        .slice(3)
        .filter((line) => !line.startsWith('stall')),
    ).toEqual(RETURNED);
    expect(scenario.told('visit_settled')[0]?.at).toBe(START + DAY);
    expect(scenario.told('node_returned')[0]?.at).toBe(scenario.clock.now());
  });

  it('leaves a net drop-off of 0', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(DAY);

    scenario.hear('big').answer().end().done();
    await scenario.pass(9 * DAY);

    const dropped = scenario.told('visit_settled').filter(({ outcome }) => outcome === 'dropped');
    expect(dropped).toHaveLength(1);
    expect(scenario.told('node_returned')).toHaveLength(1);
    expect(scenario.told('journey_started')).toHaveLength(2);
    expect(scenario.told('journey_ended')).toHaveLength(2);
  });

  it('brings back the flows below as well', async () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();
    await scenario.pass(2 * DAY);
    scenario.tale();

    scenario.hear('4242').answer().end().say('thanks').end().done();

    expect(scenario.tale()).toEqual([
      'return payment/card',
      'begin order (return)',
      'begin payment (return)',
      'end payment: completed',
      'enter order/thanks',
      'leave order/thanks: completed',
      'end order: completed',
    ]);
  });

  it('may be dropped again', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(DAY);
    scenario.hear('big').answer().ask('crust').done();

    await scenario.pass(2 * DAY);
    scenario.hear('thin').answer().end().done();

    const entries = scenario.told('journey_started').map(({ journey }) => journey.entry);
    expect(entries).toEqual(['user', 'return', 'return']);
    expect(scenario.told('node_returned').map(({ visit }) => visit.node)).toEqual([
      'size',
      'crust',
    ]);
  });

  it('belongs to a new journey with another id and its own turns', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(DAY);

    scenario.hear('big').answer().end().done();

    const [first, second] = scenario.told('journey_ended');
    expect(second?.journey.id).not.toBe(first?.journey.id);
    expect(second).toMatchObject({ outcome: 'completed', turns: 1, seconds: 0 });
  });

  it('does not depend on when the sweeper wakes', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY);

    scenario.hear({ inputKind: 'event' }).answer().end().done();
    await scenario.tracker.sweep();

    expect(scenario.told('visit_settled').map(({ outcome, at }) => [outcome, at])).toEqual([
      ['dropped', START + DAY],
    ]);
  });

  it('is noticed also when the clock was set back meanwhile', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(DAY);
    scenario.clock.set(START + 20 * HOUR);

    scenario.hear('big').answer().ask('crust').done();

    expect(scenario.told('node_returned')).toHaveLength(1);
    expect(scenario.told('journey_started')).toHaveLength(2);
  });
});
