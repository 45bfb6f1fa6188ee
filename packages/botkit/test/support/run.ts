import { Tracker, type TrackerEvent, type TrackerOptions } from '@turnspan/core';
import { type Activity, MemoryStorage } from 'botbuilder-core';
import { Botkit } from 'botkit';
import { type BotkitPlugin, type BotkitPluginOptions, createBotkitPlugin } from '../../src';
import { type RecordedEvent, recordEvent } from './recorded-event';
import { type ChannelBehaviour, nextMacrotask, ScriptedAdapter } from './scripted-adapter';
import { collectUnhandled } from './unhandled';
import { HOUR, SECOND, VirtualTime } from './virtual-time';

/** What a step of a script can reach. */
export interface Stage {
  readonly controller: Botkit;
  readonly adapter: ScriptedAdapter;
  readonly time: VirtualTime;
  /** Undefined where the bot runs without the plugin. */
  readonly tracker: Tracker | undefined;
  readonly plugin: BotkitPlugin | undefined;
  /** The user says something, five seconds after whatever was last. */
  readonly receive: (activity: Partial<Activity>) => Promise<void>;
}

/** A string is typed by the user; anything else does what it says. */
export type Step = string | ((run: Rehearsal) => Promise<void> | void);

/** A bot and what happens to it. */
export interface Scene {
  /** Adds dialogs and handlers; `note` puts something into the transcript. */
  readonly build: (controller: Botkit, note: (text: string) => void) => void;
  readonly steps: readonly Step[];
  readonly channel?: ChannelBehaviour;
  /** @default an adapter with this behaviour */
  readonly createAdapter?: (time: VirtualTime, transcript: string[]) => ScriptedAdapter;
  readonly tracker?: TrackerOptions;
  readonly plugin?: Omit<BotkitPluginOptions, 'tracker'>;
  /** Whether the plugin is loaded before or after the bot is built. @default 'before' */
  readonly load?: 'before' | 'after';
}

/** What came of it. */
export interface Outcome {
  /** All that was sent, noted, logged and rejected, in order. */
  readonly transcript: readonly string[];
  /** What the bot stored, without what is ours or random. */
  readonly state: string;
  readonly events: readonly RecordedEvent[];
  readonly stage: Stage;
}

const FLUSHES = 200;

/** Plays a scene once. */
export class Rehearsal {
  readonly #scene: Scene;
  readonly #tracked: boolean;
  readonly #time = new VirtualTime();
  readonly #storage = new MemoryStorage();
  readonly #events: RecordedEvent[] = [];
  readonly #ids = { next: 0 };
  readonly transcript: string[] = [];
  stage: Stage;

  constructor(scene: Scene, tracked: boolean) {
    this.#scene = scene;
    this.#tracked = tracked;
    this.stage = this.#createStage();
  }

  /** Lets the scene's steps happen, one after the other. */
  async play(): Promise<Outcome> {
    const log = jest
      .spyOn(console, 'error')
      .mockImplementation((...args) => void this.transcript.push(`logged ${args.map(String)}`));
    const unhandled = await collectUnhandled(async () => {
      await flush();
      for (const step of this.#scene.steps) {
        if (typeof step === 'string') await this.receive({ text: step });
        else await step(this);
      }
      await flush();
    }).finally(() => log.mockRestore());
    for (const reason of unhandled) this.transcript.push(`unhandled ${reason}`);
    const { transcript, stage } = this;
    return { transcript, state: this.#state(), events: this.#events, stage };
  }

  /** Something comes from the user. Botkit turns that fail never settle; those are left behind. */
  async receive(activity: Partial<Activity>): Promise<void> {
    await this.receiveAll([activity]);
  }

  /**
   * Several things come from the user at once: the next one a macrotask after the one before, so
   * that with sends of an even number of macrotasks no two turns ever race within one.
   */
  async receiveAll(activities: readonly Partial<Activity>[]): Promise<void> {
    this.#time.pass(5 * SECOND);
    const { adapter, controller } = this.stage;
    let running = activities.length;
    for (const [index, activity] of activities.entries()) {
      if (index > 0) await nextMacrotask();
      adapter
        .receive(activity, (context) => controller.handleTurn(context))
        .catch((error) => void this.transcript.push(`turn rejected ${String(error)}`))
        .finally(() => {
          running -= 1;
        });
    }
    await flush(() => running === 0);
    this.transcript.push(running === 0 ? 'settled' : 'never settled');
  }

  /** The process is started anew; only the bot's storage is what it was. */
  restart(): void {
    this.stage = this.#createStage();
  }

  #createStage(): Stage {
    const { channel, build, load = 'before', createAdapter } = this.#scene;
    const adapter =
      createAdapter?.(this.#time, this.transcript) ??
      new ScriptedAdapter(this.#time, this.transcript, channel);
    const controller = new Botkit({
      adapter,
      storage: this.#storage,
      disable_webserver: true,
      disable_console: true,
    });
    const tracker = this.#tracked ? this.#createTracker() : undefined;
    const plugin = tracker && createBotkitPlugin({ tracker, ...this.#scene.plugin });
    if (plugin && load === 'before') controller.usePlugin(plugin);
    build(controller, (text) => this.transcript.push(`noted ${text}`));
    if (plugin && load === 'after') controller.usePlugin(plugin);
    const receive = (activity: Partial<Activity>) => this.receive(activity);
    return { controller, adapter, time: this.#time, tracker, plugin, receive };
  }

  #createTracker(): Tracker {
    const { observers = [], ...options } = this.#scene.tracker ?? {};
    return new Tracker({
      clock: this.#time,
      hashKey: 'a key of tests',
      createId: () => `id-${this.#ids.next++}`,
      ...options,
      observers: [(event: TrackerEvent) => this.#events.push(recordEvent(event)), ...observers],
    });
  }

  #state(): string {
    const volatile = new Set(['__turnspan', 'instanceId', 'eTag']);
    const strip = (key: string, value: unknown) => (volatile.has(key) ? undefined : value);
    const { memory } = this.#storage as unknown as { memory: Record<string, string> };
    return JSON.stringify(
      Object.entries(memory).map(([key, text]) => [key, JSON.parse(text)]),
      strip,
    );
  }
}

/** Plays the scene with the plugin. */
export function playTracked(scene: Scene): Promise<Outcome> {
  return new Rehearsal(scene, true).play();
}

/** Plays the scene without the plugin. */
export function playPlain(scene: Scene): Promise<Outcome> {
  return new Rehearsal(scene, false).play();
}

/** A picture without a word. */
export const MEDIA: Step = (run) =>
  run.receive({ attachments: [{ contentType: 'image/jpeg', contentUrl: 'https://private/ada' }] });

/** Something that is no message, such as a delivery receipt. */
export const EVENT: Step = (run) => run.receive({ type: 'event', name: 'message_status' });

export const RESTART: Step = (run) => run.restart();

export const SWEEP: Step = async (run) => {
  await run.stage.tracker?.sweep();
};

/** Time passes, and the tracker is told to look at it. */
export function silence(ms: number = 25 * HOUR): Step {
  return async (run) => {
    run.stage.time.pass(ms);
    await run.stage.tracker?.sweep();
  };
}

/** Time passes, and nobody looks. */
export function pause(ms: number): Step {
  return (run) => run.stage.time.pass(ms);
}

/** Messages that come at the same time. */
export function together(...texts: readonly string[]): Step {
  return (run) => run.receiveAll(texts.map((text) => ({ text })));
}

async function flush(done: () => boolean = () => false): Promise<void> {
  for (let n = 0; n < FLUSHES && !done(); n += 1) await nextMacrotask();
}
