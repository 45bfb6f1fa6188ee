import { DAY } from './support/clock';
import { Scenario } from './support/scenario';

describe('an interruption', () => {
  it('leaves the question, and coming back asks it again', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    scenario.hear('news?').begin('news').say('headline').end().ask('size').done();
    scenario.hear('big').answer().end().done();

    expect(scenario.tale().slice(3)).toEqual([
      'leave order/size: jumped',
      'begin news (child)',
      'enter news/headline',
      'leave news/headline: completed',
      'end news: completed',
      'enter order/size',
      'ask order/size',
      'leave order/size: completed',
      'end order: completed',
    ]);
    expect(scenario.told('node_looped')).toEqual([]);
  });

  it('is no step of the flow it interrupts', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    scenario.hear('news?').begin('news').say('headline').end().ask('crust').done();

    expect(scenario.told('node_entered').at(-1)?.from).toBeUndefined();
  });

  it('that is dropped itself drops the flow below, which was at no node', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('news?').begin('news').ask('topic').done();
    scenario.tale();

    await scenario.pass(DAY);

    expect(scenario.tale()).toEqual([
      'stall news/topic',
      'leave news/topic: dropped',
      'end news: dropped',
      'end order: dropped',
    ]);
  });
});

describe('a child flow', () => {
  it('ends before the node that began it does', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();

    scenario.hear('4242').answer().end().say('thanks').end().done();

    expect(scenario.tale().slice(5)).toEqual([
      'leave payment/card: completed',
      'end payment: completed',
      'leave order/pay: advanced',
      'enter order/thanks',
      'leave order/thanks: completed',
      'end order: completed',
    ]);
  });

  it('counts its steps in its own flow', () => {
    const scenario = new Scenario();

    scenario.hear('hi').begin('order').say('a').call('pay', 'payment').say('b').end().say('c');

    const steps = scenario.told('node_entered').map(({ visit, from }) => [from, visit.node]);
    expect(steps).toEqual([
      [undefined, 'a'],
      ['a', 'pay'],
      [undefined, 'b'],
      ['pay', 'c'],
    ]);
  });
});

describe('a goal', () => {
  const reached = (goal: string | readonly string[]) => {
    const scenario = new Scenario({ flows: { order: { goal } } });
    scenario.hear('hi').begin('order').say('paid').ask('anything else').done();
    return scenario;
  };

  it.each([['paid'], [['free', 'paid']]])('%j makes a journey complete however it ends', (goal) => {
    const scenario = reached(goal);

    scenario.hear('no').end('stopped').done();

    expect(scenario.told('journey_ended').map(({ outcome }) => outcome)).toEqual(['completed']);
  });

  it('counts even if silence follows, and after a restart', async () => {
    const scenario = reached('paid');

    await scenario.pass(DAY);

    expect(scenario.told('journey_ended').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.told('visit_settled').at(-1)?.outcome).toBe('dropped');
  });

  it('that was not reached makes the natural end a stop', () => {
    const scenario = reached('delivered');

    scenario.hear('no').answer().end().done();

    expect(scenario.told('journey_ended').map(({ outcome }) => outcome)).toEqual(['stopped']);
  });
});

describe('a flow that is edited while users wait', () => {
  const declare = ({ tracker }: Scenario, nodes: readonly string[]) =>
    tracker.declare({
      id: 'order',
      nodes: nodes.map((id) => ({ id, kind: 'question' })),
      edges: [],
    });

  it('is told once for every change', () => {
    const scenario = new Scenario({ flows: { order: { dropAfterMs: 5_000 } } });

    declare(scenario, ['size']);
    declare(scenario, ['size']);
    declare(scenario, ['size', 'crust']);

    const told = scenario.told('flow_declared');
    expect(told.map(({ nodes }) => nodes.length)).toEqual([1, 2]);
    expect(new Set(told.map(({ version }) => version)).size).toBe(2);
    expect(told[0]).toMatchObject({ flow: 'order', dropAfterMs: 5_000 });
  });

  it('keeps a journey on the version it began with', () => {
    const scenario = new Scenario();
    declare(scenario, ['size']);
    scenario.meet('order', 'size');
    declare(scenario, ['portion', 'crust']);

    scenario.hear('big').answer().ask('crust').done();
    scenario.hear('hi').end().begin('order').done();

    const [before, after] = scenario.told('flow_declared').map(({ version }) => version);
    const started = scenario.told('journey_started').map(({ journey }) => journey.version);
    const [settled] = scenario.told('visit_settled');
    expect(started).toEqual([before, after]);
    expect(settled).toMatchObject({ outcome: 'advanced', visit: { journey: { version: before } } });
  });

  it('gives a journey that comes back the version of now', async () => {
    const scenario = new Scenario();
    declare(scenario, ['size']);
    scenario.meet('order', 'size');
    await scenario.pass(DAY);
    declare(scenario, ['size', 'crust']);

    scenario.hear('big').answer().ask('crust').done();

    const [before, after] = scenario.told('flow_declared').map(({ version }) => version);
    const started = scenario.told('journey_started').map(({ journey }) => journey.version);
    expect(started).toEqual([before, after]);
  });
});
