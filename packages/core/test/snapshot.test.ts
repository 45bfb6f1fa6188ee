import { DAY, HOUR, MINUTE, START } from './support/clock';
import { Scenario } from './support/scenario';

describe('what is true at this moment', () => {
  it('tells who waits where, and who has stalled', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(HOUR);
    scenario.hear('hi', { id: 'bob', frames: [] }).begin('order').ask('size').done();

    await scenario.pass(0);

    expect(scenario.tracker.snapshot().waiting).toEqual([
      { flow: 'order', node: 'size', waiting: 2, stalled: 1 },
    ]);
  });

  it('forgets a stall when somebody says something', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(HOUR);

    scenario.hear('big').answer().ask('crust').done();

    expect(scenario.tracker.snapshot().waiting).toEqual([
      { flow: 'order', node: 'size', waiting: 0, stalled: 0 },
      { flow: 'order', node: 'crust', waiting: 1, stalled: 0 },
    ]);
  });

  it('is final up to the longest time a visit may wait before the last sweep', async () => {
    const scenario = new Scenario({
      flows: { order: { nodes: { id: { dropAfterMs: 3 * DAY } } } },
    });

    await scenario.pass(HOUR);
    scenario.clock.advance(HOUR);

    expect(scenario.tracker.snapshot().settledUntil).toBe(START + HOUR - 3 * DAY);
  });

  it('tells how far the sweeper is behind', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    const lags = [30 * MINUTE, MINUTE].map((ms) => {
      scenario.clock.advance(ms);
      return scenario.tracker.snapshot().sweepLagSeconds;
    });

    expect(lags).toEqual([0, 60]);
  });
});
