import type { Receipt, TrackerEvent } from '../src';
import { DAY, MINUTE } from './support/clock';
import { LastingStore } from './support/lasting-store';
import { Scenario } from './support/scenario';
import type { Scene } from './support/scene';
import { toTale } from './support/tale';

const KEPT: Receipt = { receivedAt: 0, receivedTick: 0, kept: true };
const AGAIN: Receipt = { ...KEPT, again: true };

let store: LastingStore;
let scenario: Scenario;

beforeEach(() => {
  store = new LastingStore();
  scenario = new Scenario({ store });
});

function answerSize(receipt: Receipt): Scene {
  return scenario.hear({ text: 'big', messageId: 'm1', receipt }).answer().ask('crust');
}

/** What names a visit or a journey: whoever has it has it already. */
function names(events: readonly TrackerEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === 'visit_settled' || event.kind === 'node_entered') {
      const { journey, index, node } = event.visit;
      return `${event.kind} ${journey.id} ${index} ${node}`;
    }
    return event.kind === 'journey_started' ? `${event.kind} ${event.journey.id}` : [];
  });
}

describe('a message whose process ended before the bot saved', () => {
  it('has its turn again, under the same names, marked as told before', () => {
    scenario.meet('order', 'size');
    scenario.events.splice(0);
    answerSize(KEPT);
    const first = scenario.events.splice(0);

    scenario.restart();
    answerSize(AGAIN).done();

    expect(names(scenario.events)).toEqual(names(first));
    const told = scenario.events.filter(({ kind }) => kind === 'visit_settled');
    expect(told.map(({ again }) => again)).toEqual([true]);
  });

  it('begins the same journey again', () => {
    scenario.hear({ messageId: 'm1', receipt: KEPT }).begin('order').ask('size');
    const first = scenario.events.splice(0);

    scenario.restart();
    scenario.hear({ messageId: 'm1', receipt: AGAIN }).begin('order').ask('size').done();

    expect(names(scenario.events)).toEqual(names(first));
  });

  it('leaves one wait behind, which ends once', async () => {
    scenario.meet('order', 'size');
    answerSize(KEPT);
    scenario.restart();
    answerSize(AGAIN).done();
    scenario.events.splice(0);

    await scenario.pass(DAY);

    expect(toTale(scenario.events)).toEqual([
      'stall order/crust',
      'leave order/crust: dropped',
      'end order: dropped',
    ]);
  });

  it('goes on counting with the next message', () => {
    scenario.meet('order', 'size');
    answerSize(KEPT);
    scenario.restart();
    answerSize(AGAIN).done();
    scenario.events.splice(0);

    scenario.hear({ text: 'thin', messageId: 'm2', receipt: KEPT }).answer().end().done();

    const [settled] = scenario.told('visit_settled');
    expect(settled).toMatchObject({ outcome: 'completed', visit: { node: 'crust' } });
    expect(settled?.again).toBeUndefined();
  });
});

describe('a message that the bot had saved before its process ended', () => {
  it('is another turn of the bot, and gets names of its own', () => {
    scenario.hear({ messageId: 'm1', receipt: KEPT }).begin('order').ask('size').done();
    const [began] = scenario.told('journey_started');
    scenario.events.splice(0);

    scenario.restart();
    scenario.hear({ messageId: 'm1', receipt: AGAIN }).replace('order').ask('size').done();

    const [beganAgain] = scenario.told('journey_started');
    expect(beganAgain?.journey.id).not.toBe(began?.journey.id);
  });
});

describe('a message that nobody keeps', () => {
  it('claims for nobody: of the same message at once in two turns one is counted', () => {
    scenario.meet('order', 'size');
    scenario.events.splice(0);

    for (const _ of ['first', 'second']) {
      scenario.hear({ text: 'big', messageId: 'm1' }).answer().ask('crust');
    }

    expect(scenario.told('visit_settled')).toHaveLength(1);
  });
});

describe('beforeSave', () => {
  it('waits until all that the turn told is written down', async () => {
    const written: number[] = [];
    scenario.restart({
      record: async () => {
        written.push(scenario.told('node_asked').length);
      },
    });
    const scene = scenario.hear({ messageId: 'm1', receipt: KEPT }).begin('order').ask('size');

    await scenario.tracker.beforeSave(scene.turn);

    expect(written).toEqual([1]);
  });

  it('waits for nothing where the message is not kept', async () => {
    const record = jest.fn();
    scenario.restart({ record });
    const scene = scenario.hear({ messageId: 'm1' }).begin('order').ask('size');

    await scenario.tracker.beforeSave(scene.turn);

    expect(record).not.toHaveBeenCalled();
  });

  it('reports a record that fails, and leaves it alone for ten seconds after the third time', async () => {
    const record = jest.fn(() => Promise.reject(new Error('disk full')));
    scenario.restart({ record });
    const { turn } = scenario.hear({ messageId: 'm1', receipt: KEPT }).begin('order').ask('size');

    for (let turns = 0; turns < 5; turns += 1) await scenario.tracker.beforeSave(turn);
    const before = record.mock.calls.length;
    scenario.clock.advance(10_000);
    await scenario.tracker.beforeSave(turn);

    expect(before).toBe(3);
    expect(record).toHaveBeenCalledTimes(4);
    expect(scenario.errors.map(String)).toEqual(Array(4).fill('Error: disk full'));
  });
});

describe('a drop that was settled', () => {
  const failing = { record: () => Promise.reject(new Error('killed')) };

  it('is told again by the next process if it was not written down', async () => {
    scenario.restart(failing);
    scenario.meet('order', 'size');
    await scenario.pass(DAY);
    const first = scenario.told('visit_settled');
    scenario.events.splice(0);

    scenario.restart({ record: async () => undefined });
    await scenario.pass(MINUTE);

    const again = scenario.told('visit_settled');
    expect(again).toEqual(first.map((event) => ({ ...event, again: true })));
    expect(scenario.told('journey_ended').map((event) => event.again)).toEqual([true]);
  });

  it('is told once if it was', async () => {
    scenario.restart({ record: async () => undefined });
    scenario.meet('order', 'size');
    await scenario.pass(DAY);

    await scenario.pass(MINUTE);

    expect(scenario.told('visit_settled')).toHaveLength(1);
  });
});
