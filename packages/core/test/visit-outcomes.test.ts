import { VISIT_OUTCOMES, type VisitOutcome } from '../src';
import { DAY } from './support/clock';
import { Scenario } from './support/scenario';

type Play = (scenario: Scenario) => unknown;

/** What happens after the question `order/size` was asked, by the outcome that its visit has then. */
const PLAYS: Readonly<Record<VisitOutcome, Play>> = {
  advanced: (s) => s.hear('big').answer().ask('crust').done(),
  repeated: (s) => s.hear('what?').answer('unmatched').ask('size').done(),
  jumped: (s) => s.hear('back').answer('matched').say('welcome').done(),
  completed: (s) => s.hear('big').answer().end().done(),
  stopped: (s) => s.hear('cancel').end('stopped').done(),
  switched: (s) => s.hear('talk of something else').replace('news').done(),
  handed_off: (s) => s.hear('agent').handOff().done(),
  dropped: (s) => s.pass(DAY),
  not_engaged: (s) => s.pass(DAY),
  undelivered: (s) => s.report('failed'),
  failed: (s) => s.hear('big').answer().crash(),
};

describe('a visit', () => {
  it.each(VISIT_OUTCOMES)('can be settled as %s, once', async (outcome) => {
    const scenario = new Scenario();
    const scene = outcome === 'not_engaged' ? scenario.speakFirst() : scenario.hear('hi');
    scene.begin('order').say('welcome').ask('size').done();

    await PLAYS[outcome](scenario);
    await scenario.pass(2 * DAY);

    const outcomes = scenario
      .told('visit_settled')
      .filter(({ visit }) => visit.node === 'size' && visit.index === 2)
      .map((settled) => settled.outcome);
    expect(outcomes).toEqual([outcome]);
  });

  it('is settled as jumped when another flow interrupts its question', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    scenario.hear('news?').begin('news').say('headline').done();

    expect(scenario.tale().slice(3)).toEqual([
      'leave order/size: jumped',
      'begin news (child)',
      'enter news/headline',
    ]);
  });

  it.each([
    ['when the channel refuses the question', new TypeError('no')],
    ['whatever is thrown', 'no'],
  ])('is settled as undelivered %s', (_, error) => {
    const scenario = new Scenario();

    scenario.hear('hi').begin('order').prepare('size').send({ error }).done();

    const [settled] = scenario.told('visit_settled');
    expect(settled).toMatchObject({ outcome: 'undelivered', visit: { node: 'size' } });
    expect(scenario.told('node_asked')).toEqual([]);
  });

  it('is settled as failed when the bot goes on without it', () => {
    const scenario = new Scenario();

    scenario.hear('hi').begin('order').prepare('size').failNode().say('sorry').end().done();

    expect(scenario.tale()).toEqual([
      'begin order (user)',
      'enter order/size',
      'leave order/size: failed',
      'enter order/sorry',
      'leave order/sorry: completed',
      'end order: completed',
    ]);
  });

  it('that asks nothing has no waiting time, but a processing time', () => {
    const scenario = new Scenario();

    scenario.hear('hi').begin('order').act('look up').work(250).end().done();

    const [settled] = scenario.told('visit_settled');
    expect(settled?.processingSeconds).toBe(0.25);
    expect(settled?.waitSeconds).toBeUndefined();
  });

  it('tells how long the person took and how long the bot did, before the question and after the answer', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').prepare('size').work(100).send().work(3_000).done();
    scenario.clock.advance(60_000);

    scenario.hear('big').answer('matched').work(20).end().done();

    const [settled] = scenario.told('visit_settled');
    expect(settled).toMatchObject({
      waitSeconds: 63,
      processingSeconds: 0.12,
      inputKind: 'text',
      match: 'matched',
    });
  });

  it('has no processing time when nobody answered', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    await scenario.pass(DAY);

    const [settled] = scenario.told('visit_settled');
    expect(settled?.processingSeconds).toBeUndefined();
  });

  it('is one visit when the bot waits for more of the answer, and waits under another name', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'photos');
    scenario.clock.advance(10_000);
    scenario.hear({ inputKind: 'media' }).answer().waitOn().done();
    scenario.clock.advance(5_000);

    scenario.hear('that was all').answer().end().done();

    expect(scenario.told('node_entered')).toHaveLength(1);
    expect(scenario.told('visit_settled')).toMatchObject([
      { outcome: 'completed', waitSeconds: 5, inputKind: 'text' },
    ]);
  });

  it('takes no event for the answer of a person who took their time', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(10_000);

    scenario.hear({ inputKind: 'event' }).answer().end().done();

    const [settled] = scenario.told('visit_settled');
    expect(settled).toMatchObject({ outcome: 'completed', inputKind: 'event' });
    expect(settled?.waitSeconds).toBeUndefined();
  });

  it('is asked also where the bot told only after it had sent the question', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const scene = scenario.hear('x').answer('unmatched').send();
    scenario.tracker.enter(scene.turn, scene.top, { id: 'size', kind: 'question' });

    scenario.tracker.asked(scene.turn, scene.top, []);

    expect(scenario.told('node_asked').map(({ visit }) => visit.index)).toEqual([1, 2]);
  });

  it('tells what the bot made of the answer, once that is known', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const scene = scenario.hear('x').answer('unmatched');

    scenario.tracker.match(scene.top, 'default');
    scene.end().done();

    expect(scenario.told('visit_settled').map(({ match }) => match)).toEqual(['default']);
  });
});
