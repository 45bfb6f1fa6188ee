import { ENTRIES, type Entry, JOURNEY_OUTCOMES, type JourneyOutcome } from '../src';
import { DAY, MINUTE } from './support/clock';
import { Scenario } from './support/scenario';

type Play = (scenario: Scenario) => unknown;

/** What happens after the question `order/size` was asked, by the outcome that its journey has then. */
const ENDINGS: Readonly<Record<JourneyOutcome, Play>> = {
  completed: (s) => s.hear('big').answer().say('thanks').end().done(),
  stopped: (s) => s.hear('cancel').end('stopped').done(),
  switched: (s) => s.hear('news?').replace('news').done(),
  handed_off: (s) => s.hear('agent').handOff().done(),
  dropped: (s) => s.pass(DAY),
  not_engaged: (s) => s.pass(DAY),
  undelivered: (s) => s.report('failed'),
  failed: (s) => s.hear('big').answer().crash(),
};

/** How the journey through `order` begins, by its entry. */
const BEGINNINGS: Readonly<Record<Entry, Play>> = {
  user: (s) => s.hear('hi').begin('order').done(),
  template: (s) => s.speakFirst().begin('order').done(),
  child: (s) => s.hear('hi').begin('main').call('do', 'order').done(),
  switch: (s) => s.hear('hi').begin('main').replace('order').done(),
  return: async (s) => {
    s.meet('order', 'size');
    await s.pass(DAY);
    s.hear('big').done();
  },
};

describe('a journey', () => {
  it.each(JOURNEY_OUTCOMES)('can end as %s, once', async (outcome) => {
    const scenario = new Scenario();
    const scene = outcome === 'not_engaged' ? scenario.speakFirst() : scenario.hear('hi');
    scene.begin('order').ask('size').done();

    await ENDINGS[outcome](scenario);
    await scenario.pass(2 * DAY);

    const ended = scenario.told('journey_ended').filter(({ journey }) => journey.flow === 'order');
    expect(ended.map((event) => event.outcome)).toEqual([outcome]);
  });

  it.each(ENTRIES)('can begin with entry %s', async (entry) => {
    const scenario = new Scenario();

    await BEGINNINGS[entry](scenario);

    const started = scenario.told('journey_started').map(({ journey }) => journey);
    expect(started.at(-1)).toMatchObject({ flow: 'order', entry });
  });

  it('tells how long it took and how many messages', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.clock.advance(2 * MINUTE);
    scenario.hear('big').answer().ask('crust').done();
    scenario.clock.advance(MINUTE);

    scenario.hear('thin').answer().work(500).end().done();

    expect(scenario.told('journey_ended')).toMatchObject([{ seconds: 180.5, turns: 3 }]);
  });

  it('has an outcome of its own when it is a child', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();

    scenario.hear('cancel').end('stopped').say('goodbye').end().done();

    expect(
      scenario.told('journey_ended').map(({ journey, outcome }) => [journey.flow, outcome]),
    ).toEqual([
      ['payment', 'stopped'],
      ['order', 'completed'],
    ]);
  });

  it('replaced by another flow is switched, and nobody dropped', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');

    scenario.hear('news?').replace('news').say('headline').end().done();
    await scenario.pass(3 * DAY);

    expect(scenario.tale().slice(3)).toEqual([
      'leave order/size: switched',
      'end order: switched',
      'begin news (switch)',
      'enter news/headline',
      'leave news/headline: completed',
      'end news: completed',
    ]);
  });

  it('is told once that it ended, however often the bot says so', () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').begin('order').say('hello');
    const journey = scene.top;

    scenario.tracker.end(scene.turn, journey, 'completed');
    scenario.tracker.end(scene.turn, journey, 'stopped');
    scenario.tracker.fail(scene.turn, [journey]);

    expect(scenario.told('journey_ended')).toMatchObject([{ outcome: 'completed' }]);
  });

  it('that the bot ends after silence has ended it stays dropped, and nobody returned', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    await scenario.pass(2 * DAY);

    scenario.speakFirst().end('stopped').done();

    expect(scenario.told('journey_started')).toHaveLength(1);
    expect(scenario.told('journey_ended').map(({ outcome }) => outcome)).toEqual(['dropped']);
    expect(scenario.told('node_returned')).toEqual([]);
  });

  it('goes on as a new one when the bot goes on with a dialog that had thrown', () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    scenario.hear('big').answer().crash();
    scenario.tale();

    scenario.hear('hello?').ask('crust').done();

    expect(scenario.tale()).toEqual([
      'begin order (return)',
      'enter order/crust',
      'ask order/crust',
    ]);
  });

  it.each([
    ['failed', (s: Scenario) => s.hear('big').answer().crash()],
    ['handed_off', (s: Scenario) => s.hear('agent').handOff().done()],
  ])('that %s ends once, also when another process goes on with its dialog', (outcome, play) => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    play(scenario);
    scenario.restart();

    scenario.hear('big').say('thanks').end().done();

    const ids = scenario.told('journey_ended').map(({ journey }) => journey.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(scenario.told('journey_started')).toHaveLength(ids.length);
    expect(scenario.told('journey_ended')[0]?.outcome).toBe(outcome);
  });
});
