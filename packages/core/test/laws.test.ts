import fc from 'fast-check';
import { MemoryStore, type VisitRef } from '../src';
import { DAY, HOUR, MINUTE } from './support/clock';
import { type Person, Scenario } from './support/scenario';
import type { Scene } from './support/scene';

type Step = (typeof STEPS_OF_ONE_PROCESS)[number];

const STEPS = [
  'say',
  'act',
  'ask',
  'ask',
  'ask',
  'refused',
  'end',
  'stop',
  'replace',
  'call',
  'begin',
  'fail node',
  'hand off',
  'crash',
  'work',
  'show',
  'show another',
] as const;

/** A bot that throws forgets what it did in the turn; only the process that saw it can know. */
const STEPS_OF_ONE_PROCESS = [...STEPS, 'crash unsaved'] as const;

interface Message {
  readonly kind: 'text' | 'media' | 'event' | 'bot';
  /** The bot takes it for the answer to what it asked. */
  readonly isAnswer: boolean;
  readonly steps: readonly Step[];
}

interface Move {
  readonly person: number;
  /** Which of two processes deals with it. */
  readonly process: number;
  readonly passMs: number;
  readonly sweeps: boolean;
  readonly messages: readonly Message[];
}

function messages(steps: readonly Step[]): fc.Arbitrary<Message> {
  return fc.record({
    kind: fc.constantFrom('text', 'text', 'text', 'media', 'event', 'bot'),
    isAnswer: fc.boolean(),
    steps: fc.array(fc.constantFrom(...steps), { maxLength: 5 }),
  });
}

/** What may happen with so many processes, and with so many messages of one person at once. */
function moves({ processes = 1, atOnce = 1 }): fc.Arbitrary<readonly Move[]> {
  const message = messages(processes === 1 ? STEPS_OF_ONE_PROCESS : STEPS);
  const move = fc.record({
    person: fc.nat(1),
    process: fc.nat(processes - 1),
    passMs: fc.constantFrom(0, MINUTE, HOUR, 23 * HOUR, DAY, 3 * DAY),
    sweeps: fc.boolean(),
    messages: fc.array(message, { minLength: 1, maxLength: atOnce }),
  });
  return fc.array(move, { minLength: 1, maxLength: 12 });
}

/**
 * Two processes that share a store, and two people. Where two messages come at once, every turn
 * ends with a question: what rests at a node that asks nothing is on no list, so both could go on.
 */
class World {
  readonly #alwaysAsks: boolean;
  readonly scenario = new Scenario({ store: new MemoryStore('shared') });
  readonly people: readonly Person[] = ['a', 'b'].map((id) => ({ id, frames: [] }));
  readonly #trackers = [this.scenario.tracker, this.scenario.restart()];

  constructor({ alwaysAsks = false } = {}) {
    this.#alwaysAsks = alwaysAsks;
  }

  async make(moves: readonly Move[]): Promise<void> {
    for (const { person, process, passMs, sweeps, messages } of moves) {
      this.scenario.clock.advance(passMs);
      this.#use(process);
      if (sweeps) await this.scenario.tracker.sweep();
      this.#talk(this.people[person] as Person, messages);
    }
  }

  /** Everybody falls silent. */
  async end(): Promise<void> {
    await this.scenario.pass(30 * DAY);
  }

  #use(process: number): void {
    this.scenario.tracker = this.#trackers[process] as Scenario['tracker'];
  }

  #talk(person: Person, messages: readonly Message[]): void {
    const scenes = messages.map(({ kind }) =>
      kind === 'bot'
        ? this.scenario.speakFirst(person)
        : this.scenario.hear({ inputKind: kind }, person),
    );
    for (const [index, scene] of scenes.entries()) {
      play(scene, messages[index] as Message, this.#alwaysAsks);
    }
  }
}

function play(scene: Scene, { isAnswer, steps }: Message, alwaysAsks: boolean): void {
  if (isAnswer && scene.journeys.length > 0) scene.answer();
  for (const step of steps) {
    if (step === 'crash' || step === 'crash unsaved') {
      scene.crash({ saves: step === 'crash' });
      return;
    }
    if (scene.journeys.length === 0) scene.begin('main');
    take(scene, step);
  }
  if (alwaysAsks && scene.journeys.length > 0 && !scene.top.visit?.waiting) scene.ask('rest');
  scene.done();
}

const TAKEN: Readonly<Record<Exclude<Step, 'crash' | 'crash unsaved'>, (scene: Scene) => unknown>> =
  {
    say: (scene) => scene.say('hello'),
    act: (scene) => scene.act('look up'),
    ask: (scene) => scene.ask(`question${scene.turn.id.length % 2}`),
    refused: (scene) => scene.prepare('refused').send({ error: new TypeError('no') }),
    end: (scene) => scene.end(),
    stop: (scene) => scene.end('stopped'),
    replace: (scene) => scene.replace('other'),
    call: (scene) => scene.call('do', 'child').ask('in child'),
    begin: (scene) => scene.begin('interruption').ask('sure'),
    'fail node': (scene) => scene.failNode(),
    'hand off': (scene) => scene.handOff(),
    work: (scene) => scene.work(MINUTE),
    show: (scene) => scene.show('ask-size', 'split'),
    'show another': (scene) => scene.show('greeting', 'short'),
  };

function take(scene: Scene, step: Exclude<Step, 'crash' | 'crash unsaved'>): void {
  TAKEN[step](scene);
}

function visitsOf(scenario: Scenario, kind: 'node_entered' | 'visit_settled'): readonly string[] {
  return scenario.told(kind).map(({ visit }) => nameOf(visit));
}

/** The variant is a part of it: a visit ends in the one that it began in. */
function nameOf({ journey, index, node, variant }: VisitRef): string {
  return `${journey.id} ${index} ${node} ${variant}`;
}

function journeysOf(
  scenario: Scenario,
  kind: 'journey_started' | 'journey_ended',
): readonly string[] {
  return scenario.told(kind).map(({ journey }) => journey.id);
}

/** What the bot's storage says people are in. */
function openOf({ scenario, people }: World): { journeys: string[]; visits: string[] } {
  const open = people.flatMap((person) => scenario.speakFirst(person).journeys);
  return {
    journeys: open.map(({ id }) => id),
    visits: open.flatMap(({ visit }) => (visit ? nameOf(visit) : [])),
  };
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const gone = new Set(some);
  return all.filter((each) => !gone.has(each));
}

describe.each([1, 2])('whatever happens in %d processes, one message at a time', (processes) => {
  it('every visit is settled once, in its variant, or still open, and so is every journey', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ processes }), async (sequence) => {
        const world = new World();

        await world.make(sequence);

        const { scenario } = world;
        const entered = visitsOf(scenario, 'node_entered');
        const settled = visitsOf(scenario, 'visit_settled');
        const started = journeysOf(scenario, 'journey_started');
        const ended = journeysOf(scenario, 'journey_ended');
        const open = openOf(world);
        expect(new Set(settled).size).toBe(settled.length);
        expect(new Set(ended).size).toBe(ended.length);
        expect(new Set(started).size).toBe(started.length);
        expect(without(settled, entered)).toEqual([]);
        expect(without(ended, started)).toEqual([]);
        expect(without(without(entered, settled), open.visits)).toEqual([]);
        expect(without(without(started, ended), open.journeys)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('nobody waits for ever, and nobody is on the list who owes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ processes }), async (sequence) => {
        const world = new World();

        await world.make(sequence);
        await world.end();

        const { scenario, people } = world;
        const waiting = scenario.tracker.snapshot().waiting.map((count) => count.waiting);
        const ended = new Set(journeysOf(scenario, 'journey_ended'));
        const owing = people
          .flatMap((person) => scenario.speakFirst(person).journeys)
          .filter(({ id, visit }) => visit?.waiting && !ended.has(id));
        expect(new Set(waiting).size).toBeLessThanOrEqual(1);
        expect(waiting.every((count) => count === 0)).toBe(true);
        expect(owing).toEqual([]);
      }),
    );
  });

  it('a drop bears the time of its deadline', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ processes }), async (sequence) => {
        const world = new World();

        await world.make(sequence);
        await world.end();

        const { scenario } = world;
        const times = [...scenario.told('turn_started'), ...scenario.told('node_asked')];
        const deadlines = new Set(times.map(({ at }) => at + DAY));
        const dropped = scenario.told('visit_settled').filter((e) => e.outcome === 'dropped');
        expect(dropped.filter(({ at }) => !deadlines.has(at))).toEqual([]);
      }),
    );
  });

  it('nobody returns more often than people dropped', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ processes }), async (sequence) => {
        const world = new World();

        await world.make(sequence);

        const { scenario } = world;
        const dropped = scenario
          .told('visit_settled')
          .filter(({ outcome }) => outcome === 'dropped')
          .map(({ visit }) => `${visit.journey.id} ${visit.index}`);
        const returned = scenario
          .told('node_returned')
          .map(({ visit }) => `${visit.journey.id} ${visit.index}`);
        expect(new Set(returned).size).toBe(returned.length);
        expect(without(returned, dropped)).toEqual([]);
      }),
    );
  });
});

describe('whatever happens, with messages at once', () => {
  it('no visit is settled twice, and no journey ends twice', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ atOnce: 2 }), async (sequence) => {
        const world = new World({ alwaysAsks: true });

        await world.make(sequence);
        await world.end();

        const settled = visitsOf(world.scenario, 'visit_settled');
        const ended = journeysOf(world.scenario, 'journey_ended');
        const started = journeysOf(world.scenario, 'journey_started');
        expect(new Set(settled).size).toBe(settled.length);
        expect(new Set(ended).size).toBe(ended.length);
        expect(new Set(started).size).toBe(started.length);
        expect(without(ended, started)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('nothing fails inside', async () => {
    await fc.assert(
      fc.asyncProperty(moves({ processes: 2, atOnce: 3 }), async (sequence) => {
        const world = new World({ alwaysAsks: true });

        await world.make(sequence);
        await world.end();

        expect(world.scenario.errors).toEqual([]);
      }),
    );
  });
});
