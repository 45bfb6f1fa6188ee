import { MINUTE } from './support/clock';
import { Scenario } from './support/scenario';

describe('a turn', () => {
  it('ends once, with the name of what the bot threw', () => {
    const scenario = new Scenario();
    const { turn } = scenario.hear('hi');

    scenario.tracker.endTurn(turn, new RangeError('secret'));
    scenario.tracker.endTurn(turn);

    expect(scenario.told('turn_ended').map(({ error }) => error)).toEqual(['RangeError']);
  });

  it('that never ends is closed by the sweep, and its question goes on waiting', async () => {
    const scenario = new Scenario();
    scenario.meet('order', 'size');
    const scene = scenario.hear({ inputKind: 'media' });

    await scenario.pass(4 * MINUTE);
    const early = scenario.told('turn_ended').length;
    await scenario.pass(MINUTE);
    scenario.tracker.endTurn(scene.turn, new Error('late'));

    expect(early).toBe(1);
    expect(scenario.told('turn_ended')).toHaveLength(2);
    expect(scenario.tracker.snapshot().waiting).toMatchObject([{ node: 'size', waiting: 1 }]);
  });

  it('is followed through 1 000 nodes, and no further', () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').begin('order');
    for (let step = 0; step < 1_500; step += 1) scene.act(`step${step % 7}`);

    scene.end().done();
    scenario.hear('hi').begin('order').say('hello').done();

    expect(scenario.told('node_entered')).toHaveLength(1_001);
    expect(scenario.told('visit_settled')).toHaveLength(1_000);
    expect(scenario.told('journey_ended')).toHaveLength(1);
  });

  it('tells what was sent, how long it took and what sent it', () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').begin('order').prepare('size');
    const sending = scenario.tracker.send(scene.turn);

    scene.work(300).sent(sending, { messages: 2 }).end();
    scene.send({ error: 'no' }).done();

    const [first, second] = scenario.told('message_sent');
    expect(first).toMatchObject({ messages: 2, visit: { node: 'size' } });
    expect((first?.at ?? 0) - (first?.startedAt ?? 0)).toBe(300);
    expect(second).toMatchObject({ error: 'string' });
    expect(second?.visit).toBeUndefined();
  });
});
