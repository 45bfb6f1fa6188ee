import { DAY, HOUR, MINUTE, SECOND, START } from './support/clock';
import { Scenario } from './support/scenario';

describe('two turns at once on the same position', () => {
  it('settle the visit once, and count one way on', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.tale();
    const first = scenario.hear('big');
    const second = scenario.hear('small');

    first.answer().ask('crust').done();
    second.answer().ask('crust').done();

    expect(scenario.tale()).toEqual([
      'leave order/size: advanced',
      'enter order/crust',
      'ask order/crust',
    ]);
  });

  it('go on from there as one', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const first = scenario.hear('big');
    const second = scenario.hear('small');
    first.answer().ask('crust').done();
    second.answer().ask('crust').done();

    scenario.hear('thin').answer().end().done();
    await scenario.pass(9 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual([
      'advanced',
      'completed',
    ]);
    expect(scenario.told('journey_ended')).toHaveLength(1);
  });

  it('settle the nodes below once, where a child ends in both', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();
    scenario.tale();
    const first = scenario.hear('4242');
    const second = scenario.hear('4243');

    first.answer().end().say('thanks').end().done();
    second.answer().end().say('thanks').end().done();

    expect(scenario.tale()).toEqual([
      'leave payment/card: completed',
      'end payment: completed',
      'leave order/pay: advanced',
      'enter order/thanks',
      'leave order/thanks: completed',
      'end order: completed',
    ]);
  });

  it.each([
    ['child', (s: ReturnType<Scenario['hear']>) => s.answer().call('pay', 'payment').ask('card')],
    ['other', (s: ReturnType<Scenario['hear']>) => s.answer().replace('payment').ask('card')],
  ])('begin a %s flow once, and nobody drops out of the second', async (_, play) => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const first = scenario.hear('big');
    const second = scenario.hear('small');

    play(second).done();
    play(first).done();
    await scenario.pass(DAY);

    const begun = scenario.told('journey_started').filter((e) => e.journey.flow === 'payment');
    const dropped = scenario.told('journey_ended').filter((e) => e.journey.flow === 'payment');
    expect(begun).toHaveLength(1);
    expect(dropped).toHaveLength(1);
  });

  it('do not put a question back on the waiting list that the other has answered', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const sticker = scenario.hear({ inputKind: 'media' });
    const reply = scenario.hear('big');

    reply.answer().end().done();
    sticker.done();
    await scenario.pass(9 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.tracker.snapshot().waiting.map(({ waiting }) => waiting)).toEqual([0]);
  });

  it('one of them late, leave the answer in time an answer', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY - 1);
    const inTime = scenario.hear('big');
    inTime.answer().ask('crust');
    scenario.clock.advance(2);

    scenario.hear('small').answer().ask('crust').done();
    inTime.done();

    expect(scenario.told('node_returned')).toEqual([]);
    expect(scenario.told('journey_started')).toHaveLength(1);
    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['advanced']);
  });

  it('still measure each its messages and its response', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const first = scenario.hear('big');
    const second = scenario.hear('small');

    first.answer().ask('crust').done();
    second.answer().ask('crust').done();

    expect(scenario.told('message_sent')).toHaveLength(3);
    expect(scenario.told('turn_ended')).toHaveLength(3);
  });
});

describe('a reply and a sweep at the same moment', () => {
  it('are an answer, if the message came before the deadline and was taken first', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('big').answer();

    await scenario.pass(1);
    scene.ask('crust').done();

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['advanced']);
    expect(scenario.told('node_returned')).toEqual([]);
  });

  it('are a drop and one return, if the sweep was first', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('big');
    await scenario.pass(1);
    scenario.tale();

    scene.answer().ask('crust').done();

    expect(scenario.tale()).toEqual([
      'return order/size',
      'begin order (return)',
      'enter order/crust',
      'ask order/crust',
    ]);
  });

  it('bring back the flow once, however the turn goes on', async () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('4242');
    await scenario.pass(1);

    scene.answer().end().ask('tip').done();
    scenario.hear('none').answer().end().done();

    const starts = scenario.told('journey_started').length;
    expect(scenario.told('journey_ended')).toHaveLength(starts);
    expect(scenario.told('node_returned')).toHaveLength(1);
  });

  it('drop once what the message was no answer to', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear({ inputKind: 'media' });
    await scenario.pass(SECOND);

    scene.done();
    await scenario.pass(9 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['dropped']);
    expect(scenario.told('journey_ended')).toHaveLength(1);
  });
});

describe('two sweeps at once', () => {
  it('settle everything once', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(DAY);

    await Promise.all([scenario.tracker.sweep(), scenario.tracker.sweep()]);

    expect(scenario.told('visit_settled')).toHaveLength(1);
    expect(scenario.told('visit_stalled')).toHaveLength(1);
  });
});

describe('a clock that is set back', () => {
  it('makes no time negative, and is counted', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.set(START - HOUR);

    scenario.hear('big').answer().end().done();

    expect(scenario.told('visit_settled')[0]?.waitSeconds).toBe(0);
    expect(scenario.told('journey_ended')[0]?.seconds).toBe(0);
    expect(scenario.told('clock_skewed').length).toBeGreaterThan(0);
  });

  it('inside a turn changes no duration', () => {
    const scenario = new Scenario();
    const scene = scenario
      .hear('hi')
      .begin('order')
      .act('look up')
      .work(2 * SECOND);
    scenario.clock.set(START - DAY);

    scene.work(SECOND).end().done();

    expect(scenario.told('visit_settled')[0]?.processingSeconds).toBe(3);
    expect(scenario.told('journey_ended')[0]?.seconds).toBe(3);
    expect(scenario.told('clock_skewed')).toEqual([]);
  });

  it('does not make settled numbers provisional again', async () => {
    const scenario = new Scenario();
    await scenario.pass(MINUTE);
    const before = scenario.tracker.snapshot().settledUntil;
    scenario.clock.set(START - DAY);

    await scenario.tracker.sweep();

    expect(scenario.tracker.snapshot().settledUntil).toBe(before);
  });
});

describe('a restart', () => {
  it('after three days still knows what was asked, and of which session it was', () => {
    const scenario = new Scenario({ dropAfterMs: 7 * DAY });
    scenario.meet('order', 'size');
    scenario.clock.advance(3 * DAY);
    scenario.restart();

    scenario.hear('big').answer('matched').end().done();

    const [started] = scenario.told('journey_started');
    expect(scenario.told('visit_settled')).toMatchObject([
      { outcome: 'completed', waitSeconds: (3 * DAY) / SECOND, match: 'matched' },
    ]);
    expect(scenario.told('journey_ended')[0]?.journey.id).toBe(started?.journey.id);
    expect(scenario.told('turn_ended').at(-1)?.turn.session.id).toBe(started?.journey.sessionId);
  });

  it('drops the parents too when nobody else has', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();
    scenario.clock.advance(3 * DAY);
    scenario.restart();
    scenario.tale();

    scenario.hear('4242').done();

    expect(scenario.tale()).toEqual([
      'stall payment/card',
      'leave payment/card: dropped',
      'end payment: dropped',
      'leave order/pay: dropped',
      'end order: dropped',
      'return payment/card',
      'begin order (return)',
      'begin payment (return)',
    ]);
  });

  it('does not forget the loop a user is in', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    for (let round = 0; round < 2; round += 1) {
      scenario.restart();
      scenario.hear(`no${round}`).answer('unmatched').ask('size').done();
    }

    expect(scenario.told('node_looped').map(({ period }) => period)).toEqual([1]);
  });
});
