import { DAY, HOUR, MINUTE, SECOND, START } from './support/clock';
import { Scenario } from './support/scenario';

describe('a response time', () => {
  it('is that of the first message of a burst and the first bubble after it', () => {
    const scenario = new Scenario();
    const first = scenario.hear('hi');
    scenario.clock.advance(2 * SECOND);
    const second = scenario.hear('are you');
    const third = scenario.hear('there?');
    scenario.clock.advance(SECOND);

    third.begin('order').say('welcome').say('menu').send().ask('size').done();
    first.done();
    second.done();

    expect(scenario.told('inbound_received')).toHaveLength(3);
    expect(scenario.told('responded')).toMatchObject([{ seconds: 3, first: true, flow: 'order' }]);
  });

  it.each([
    ['typing', { messages: 0 }],
    ['what the channel refused', { error: new TypeError('no') }],
  ])('does not end with %s', (_, result) => {
    const scenario = new Scenario();
    const scene = scenario
      .hear('hi')
      .send(result)
      .work(4 * SECOND);

    scene.send().done();

    expect(scenario.told('responded')).toMatchObject([{ seconds: 4 }]);
  });

  it('does not begin with what is no message', () => {
    const scenario = new Scenario();

    scenario.hear({ inputKind: 'event' }).send().done();
    scenario.speakFirst().send().done();

    expect(scenario.told('inbound_received')).toEqual([]);
    expect(scenario.told('responded')).toEqual([]);
  });

  it('is a first one once per session', () => {
    const scenario = new Scenario();

    scenario.hear('hi').send().done();
    scenario.clock.advance(HOUR);
    scenario.hear('again').send().done();
    scenario.clock.advance(25 * HOUR);
    scenario.hear('and again').send().done();

    expect(scenario.told('responded').map(({ first }) => first)).toEqual([true, false, true]);
  });

  it('tells that a session was reopened', () => {
    const scenario = new Scenario();

    scenario.hear('hi').send().done();
    scenario.clock.advance(25 * HOUR);
    scenario.hear('again').send().done();

    const [first, second] = scenario.told('turn_ended').map(({ turn }) => turn.session);
    expect(second?.previousId).toBe(first?.id);
    expect(second?.id).not.toBe(first?.id);
  });

  it('of a reopened session knows nothing of what was left unanswered five days before', () => {
    const scenario = new Scenario();
    scenario.hear('hi').done();
    scenario.clock.advance(5 * DAY);

    scenario
      .hear('hello?')
      .work(2 * SECOND)
      .send()
      .done();

    expect(scenario.told('responded')).toMatchObject([{ seconds: 2, first: true }]);
  });

  it('is the person’s after a hand-off, and a first one again', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('agent').send().handOff().done();
    scenario.clock.advance(MINUTE);

    const scene = scenario.hear('my pizza is cold');
    scene
      .work(90 * SECOND)
      .send()
      .done();

    expect(scenario.told('responded').map((event) => [event.responder, event.first])).toEqual([
      ['bot', true],
      ['bot', false],
      ['agent', true],
    ]);
    expect(scenario.told('responded').at(-1)?.seconds).toBe(90);
  });

  it('is no first one after a restart in the middle of a session', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(HOUR);
    scenario.restart();

    scenario.hear('big').answer().ask('crust').done();

    expect(scenario.told('responded').map(({ first }) => first)).toEqual([true, false]);
  });

  it('is measured twice: from receipt, and as the user felt it', () => {
    const scenario = new Scenario();
    const { clock } = scenario;
    const receipt = { receivedAt: clock.now(), receivedTick: clock.tick(), sentAt: START - 2_000 };
    clock.advance(500);

    scenario.hear({ receipt }).work(SECOND).send().done();

    expect(scenario.told('responded')).toMatchObject([{ seconds: 1.5, feltSeconds: 3.5 }]);
    expect(scenario.told('inbound_received')).toMatchObject([{ delaySeconds: 2 }]);
  });

  it('has no felt side where the channel gives no time', () => {
    const scenario = new Scenario();

    scenario.hear('hi').send().done();

    expect(scenario.told('responded')[0]?.feltSeconds).toBeUndefined();
    expect(scenario.told('inbound_received')[0]?.delaySeconds).toBeUndefined();
  });

  it('is 0 where it would be negative, and the skew is counted', () => {
    const scenario = new Scenario();
    const { clock } = scenario;
    const receipt = { receivedAt: clock.now(), receivedTick: clock.tick(), sentAt: START + MINUTE };

    scenario.hear({ receipt }).send().done();

    expect(scenario.told('responded')[0]?.feltSeconds).toBe(0);
    expect(scenario.told('inbound_received')[0]?.delaySeconds).toBe(0);
    expect(scenario.told('clock_skewed')).toHaveLength(2);
  });

  it('survives a wall clock that is set back', () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').work(SECOND);
    scenario.clock.set(START - DAY);

    scene.work(SECOND).send().done();

    expect(scenario.told('responded')[0]?.seconds).toBe(2);
  });
});

describe('what nobody answered', () => {
  const people = ['a', 'b', 'c'].map((id) => ({ id, frames: [] }));

  it('is a count and the time of the oldest, per line', () => {
    const scenario = new Scenario();
    const [ann, bob, cleo] = people;
    scenario.hear('hi', ann).send().done();
    scenario.clock.advance(SECOND);
    scenario.hear('hi', bob).done();
    scenario.clock.advance(SECOND);
    scenario.hear('hi', cleo).done();
    scenario.hear({ line: 'line2' }, ann).send().done();

    expect(scenario.tracker.snapshot().unanswered).toEqual([
      { channel: 'whatsapp', line: 'line1', count: 2, oldestAt: START + SECOND },
      { channel: 'whatsapp', line: 'line2', count: 0, oldestAt: undefined },
    ]);
  });

  it('is forgotten with its session', async () => {
    const scenario = new Scenario();
    scenario.hear('hi').done();

    await scenario.pass(DAY);

    expect(scenario.tracker.snapshot().unanswered).toMatchObject([{ count: 0 }]);
  });

  it('on one line stays, when the same person’s session on another line times out', async () => {
    const scenario = new Scenario();
    scenario.hear({ line: 'line1' }).send().done();
    scenario.clock.advance(HOUR);
    scenario.hear({ line: 'line2' }).done();

    await scenario.pass(23 * HOUR);

    expect(scenario.tracker.snapshot().unanswered).toMatchObject([
      { line: 'line1', count: 0 },
      { line: 'line2', count: 1 },
    ]);
  });

  it('is forgotten also while the store does not answer', async () => {
    const store = { ...failingStore(), takeDue: () => Promise.reject(new Error('down')) };
    const scenario = new Scenario({ store });
    scenario.hear('hi').done();

    await expect(scenario.pass(DAY)).rejects.toThrow('down');

    expect(scenario.tracker.snapshot().unanswered).toMatchObject([{ count: 0 }]);
  });
});

function failingStore() {
  return {
    origin: 'down',
    wait: () => {},
    claim: () => ({ claimed: false, reason: undefined }) as const,
    takeDue: () => [],
    settle: () => [],
    summary: () => ({ counts: [], nextDeadline: undefined }),
  };
}
