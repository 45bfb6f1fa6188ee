import type { Botkit, BotWorker } from 'botkit';
import fc from 'fast-check';
import { conversation, type Handler, ignore, type Option, options, startOnGo } from './bots';
import { EVENT, MEDIA, pause, RESTART, type Scene, type Step, silence, together } from './run';
import { HOUR } from './virtual-time';

/** What users type in a random scene: words that must never be seen in an event. */
export const SECRETS: readonly string[] = [
  'my iban is secret',
  'geheimnis & söhne',
  'call me maybe',
];

const THREADS = ['default', 'one', 'two', 'three'] as const;
type Thread = (typeof THREADS)[number];

/** A line of a random script; threads are numbers, cut to those there are. */
type Line =
  | { readonly kind: 'say' }
  | {
      readonly kind: 'ask';
      readonly key: string;
      readonly answers: readonly Answer[];
      readonly otherwise: Deed | undefined;
    }
  | { readonly kind: 'act'; readonly action: 'complete' | 'stop' | 'timeout' | 'switch' | 'onward' }
  | { readonly kind: 'child' };

interface Answer {
  readonly pattern: string;
  readonly deed: Deed;
}

type Deed =
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'handler'; readonly handler: keyof typeof HANDLERS };

const HANDLERS = {
  ignore,
  repeat: (_, convo) => convo.repeat(),
  stop: (_, convo) => convo.stop(),
  away: (_, convo) => convo.gotoThread('one'),
  child: (_, __, bot) => bot.beginDialog('kid'),
  talk: (_, __, bot) => bot.say('by the way'),
  swap: (_, __, bot) => bot.replaceDialog('kid'),
  cancel: (_, __, bot) => bot.cancelAllDialogs(),
  crash: () => Promise.reject(new Error('of the bot')),
} satisfies Record<string, Handler>;

const INTERRUPTS: Readonly<Record<string, (bot: BotWorker) => Promise<unknown>>> = {
  hm: (bot) => bot.say('what?'),
  help: (bot) => bot.beginDialog('h'),
  more: (bot) => bot.beginDialog('kid'),
  swap: (bot) => bot.replaceDialog('kid'),
  cancel: (bot) => bot.cancelAllDialogs(),
};

/** What may happen in a scene. */
export interface Hazards {
  /** Handlers throw. */
  readonly crashes: boolean;
  /**
   * The process is started anew. Then nobody sweeps: the memory store forgets in a restart whose
   * drop had been counted, and in one of a bot that throws, that it had been counted as failed.
   */
  readonly restarts: boolean;
}

/** Scenes in which anything may happen that does not go on for ever. */
export function randomScene({ crashes, restarts }: Hazards): fc.Arbitrary<Scene> {
  const script = fc.array(fc.array(line(crashes), { minLength: 1, maxLength: 4 }), {
    minLength: 2,
    maxLength: 4,
  });
  const steps = fc.array(step(restarts), { minLength: 1, maxLength: 12 });
  return fc.record({ script, steps }).map((drawn) => toScene(drawn));
}

function toScene(drawn: { script: readonly (readonly Line[])[]; steps: readonly Drawn[] }): Scene {
  return {
    build: (controller) => build(controller, drawn.script),
    steps: ['go', ...drawn.steps.map(({ step }) => step)],
    channel: { slowness: 2 },
    // What fast-check prints when it fails.
    toJSON: () => ({ script: drawn.script, steps: drawn.steps.map(({ name }) => name) }),
    [fc.toStringMethod]() {
      return JSON.stringify(this);
    },
  } as Scene;
}

interface Drawn {
  readonly name: string;
  readonly step: Step;
}

function step(restarts: boolean): fc.Arbitrary<Drawn> {
  const words = ['a', 'b', 'c', 'go', ...Object.keys(INTERRUPTS), ...SECRETS];
  const named = (name: string, chosen: Step): Drawn => ({ name, step: chosen });
  const rare = [
    named('media', MEDIA),
    named('event', EVENT),
    named('two hours', pause(2 * HOUR)),
    named('30 hours', pause(30 * HOUR)),
    named('a proactive kid', speakFirst),
    restarts ? named('restart', RESTART) : named('silence', silence()),
  ];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words).map((word) => named(word, word)) },
    { weight: 2, arbitrary: fc.constantFrom(...rare) },
  );
}

/** Two messages at once. */
export function twoAtOnce(): fc.Arbitrary<Step> {
  const word = fc.constantFrom('a', 'b', 'go', 'hm', 'help');
  return fc.tuple(word, word).map((words) => together(...words));
}

const speakFirst: Step = async ({ stage }) => {
  const bot = await stage.controller.spawn({}, stage.adapter);
  await bot.changeContext(stage.adapter.reference() as never);
  await bot.beginDialog('kid');
};

function line(crashes: boolean): fc.Arbitrary<Line> {
  const ask = fc.record({
    kind: fc.constant('ask' as const),
    key: fc.constantFrom('k1', 'k2', 'k3', 'text'),
    answers: fc.array(fc.record({ pattern: fc.constantFrom('^a$', '^b$'), deed: deed(crashes) }), {
      maxLength: 2,
    }),
    otherwise: fc.option(deed(crashes), { nil: undefined }),
  });
  const act = fc.record({
    kind: fc.constant('act' as const),
    action: fc.constantFrom('complete', 'stop', 'timeout', 'switch', 'onward'),
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({ kind: 'say' as const }) },
    { weight: 4, arbitrary: ask },
    { weight: 1, arbitrary: act as fc.Arbitrary<Line> },
    { weight: 1, arbitrary: fc.constant({ kind: 'child' as const }) },
  );
}

function deed(crashes: boolean): fc.Arbitrary<Deed> {
  const handlers = (Object.keys(HANDLERS) as (keyof typeof HANDLERS)[]).filter(
    (name) => crashes || name !== 'crash',
  );
  const actions = ['next', 'repeat', 'wait', 'complete', 'stop', 'default', 'one', 'switch'];
  return fc.oneof(
    fc.record({ kind: fc.constant('action' as const), action: fc.constantFrom(...actions) }),
    fc.record({ kind: fc.constant('handler' as const), handler: fc.constantFrom(...handlers) }),
  );
}

function build(controller: Botkit, script: readonly (readonly Line[])[]): void {
  const threads = THREADS.slice(0, script.length);
  const convo = conversation(controller, 'x', () => {});
  script.forEach((lines, at) => {
    const thread = threads[at] ?? 'default';
    for (const written of lines) writeLine(convo, written, { thread, onward: threads[at + 1] });
  });
  conversation(controller, 'kid', (kid) => {
    kid.ask('kid?', ignore, 'kid_answer');
    kid.say('kid says bye');
  });
  conversation(controller, 'h', (h) => h.say('help!'));
  for (const [word, react] of Object.entries(INTERRUPTS)) {
    controller.interrupts(new RegExp(`^${word}$`), 'message', async (bot) => {
      await react(bot);
    });
  }
  startOnGo(controller, 'x');
}

type Conversation = ReturnType<typeof conversation>;

function writeLine(
  convo: Conversation,
  written: Line,
  { thread, onward }: { readonly thread: Thread; readonly onward: Thread | undefined },
): void {
  switch (written.kind) {
    case 'say':
      convo.addMessage(`says ${thread}`, thread);
      return;
    case 'child':
      convo.addChildDialog('kid', 'kid', thread);
      return;
    case 'ask': {
      const { answers, otherwise, key } = written;
      const paths = answers.map(({ pattern, deed: done }) => ({ pattern, ...toOption(done) }));
      const last = otherwise ? [{ default: true, ...toOption(otherwise) }] : [];
      convo.addQuestion(`asks ${thread}`, options(...paths, ...last), key, thread);
      return;
    }
    case 'act':
      convo.addMessage(toAction(written.action, onward) as never, thread);
  }
}

function toAction(action: string, onward: Thread | undefined): Option {
  if (action === 'switch') return { action: 'execute_script', execute: { script: 'kid' } };
  return { action: action === 'onward' ? (onward ?? 'complete') : action };
}

function toOption(done: Deed): Option {
  return done.kind === 'action'
    ? toAction(done.action, undefined)
    : { handler: HANDLERS[done.handler] };
}
