import type {
  ChannelSignal,
  Journey,
  KnownFlow,
  SignalSource,
  Tracker,
  Turn,
  TurnRef,
} from '@turnspan/core';
import { createDealtWith, type DealtWith } from './dealt-with';
import { DialogInstrumentation } from './instrument-dialogs';
import { override, type Undo, undoAll } from './override';
import type { ChooseText, RandomText } from './random-texts';
import { handOff } from './sends';
import type { BotShape, ControllerShape } from './shapes';
import { Tracking, thrownBy } from './tracking';

/** How the plugin is set up. */
export interface BotkitPluginOptions {
  /** Is told what happens in the bot. */
  readonly tracker: Tracker;
  /** Runs a turn of the bot, e.g. with its span active; it must call `run` exactly once. @default just runs it */
  readonly activate?: <T>(turn: TurnRef, run: () => T) => T;
  /** Hears what the channel adapter tells beside the messages. @default the tracker */
  readonly onSignal?: (signal: ChannelSignal) => void;
  /**
   * Ignore activities that are no messages (delivery receipts, reactions) instead of letting
   * Botkit take them as the answer to the question it waits for. This changes the bot. @default false
   */
  readonly guard?: boolean;
  /**
   * Says which of the texts of a line to send, by its index, in the place of Botkit, which draws
   * one at random; undefined leaves it to Botkit. @default all is left to Botkit
   */
  readonly chooseText?: ChooseText | undefined;
  /**
   * Follow the bot's code from the start, so that it finds its turn wherever it asks for it. Before
   * Node.js 24 that costs a turn about a fifth more. @default from the first call of `moment` without a bot
   */
  readonly followsCode?: boolean;
  /** What `controller.plugins.turnspan` has besides. @default nothing */
  readonly extension?: Readonly<Record<string, unknown>>;
}

/** The code of a bot finds itself here: whose turn it is, and which journeys its user is in. */
export interface Moment {
  readonly turn: Turn;
  readonly journeys: readonly Journey[];
}

/** Botkit middleware: calls `next` when it is done. */
export type Middleware = (bot: BotShape, message: unknown, next: () => void) => void;

/** The plugin, as `controller.usePlugin` takes it. */
export interface BotkitPlugin {
  readonly name: 'turnspan';
  readonly middlewares: Readonly<Record<'ingest' | 'send', Middleware[]>>;
  /** Called by Botkit. */
  readonly init: (controller: ControllerShape) => void;
  /** The flows of the bot: what its scripts declare, joined with what users were seen to do. */
  readonly graph: () => { readonly flows: readonly KnownFlow[] };
  /** Says that a person takes over from the bot: the clock stops for what the user was in. */
  readonly handOff: (bot: BotShape) => void;
  /**
   * What a message that the bot sends through code of its own should carry as
   * `biz_opaque_callback_data`, so that its statuses come back to the node the bot is at;
   * undefined if it is at none.
   */
  readonly messageTag: (bot: BotShape) => string | undefined;
  /**
   * The turn that the calling code runs in, with the journeys of its user, outermost first;
   * undefined outside of every turn. A bot says which turn where the code was called by a timer.
   * The first call without a bot knows its turn only if no other one is running, unless code is
   * followed from the start.
   */
  readonly moment: (bot?: BotShape) => Moment | undefined;
  /** The lines for which Botkit draws one of several texts at random. */
  readonly randomTexts: () => readonly RandomText[];
  /** Puts the bot back as it was. */
  readonly uninstrument: () => void;
}

/**
 * Creates the plugin that instruments a Botkit bot. It works before or after the bot's dialogs
 * are added. Nothing is patched but the dialogs and the controller themselves, each as an object;
 * no class and no module is touched.
 */
export function createBotkitPlugin({
  tracker,
  activate = (_, run) => run(),
  onSignal = (signal) => tracker.signal(signal),
  guard = false,
  chooseText,
  followsCode = false,
  extension = {},
}: BotkitPluginOptions): BotkitPlugin {
  const tracking = new Tracking(tracker, { followsCode });
  const dialogs = new DialogInstrumentation(tracking, { guard, chooseText });
  const undos: Undo[] = [];
  const graph = () => {
    dialogs.declareAll();
    return { flows: tracker.flows() };
  };
  const handOffTo = (bot: BotShape) => {
    tracking.attempt(() => handOff(tracking, tracking.open(bot.getConfig('context'))));
  };
  const messageTag = (bot: BotShape) =>
    tracking.attempt(() => tracker.send(tracking.open(bot.getConfig('context')).turn).tag);
  const moment = (bot?: BotShape) => tracking.attempt(() => momentOf(tracking, bot));
  return {
    name: 'turnspan',
    middlewares: { ingest: [ingest(tracking)], send: [send(tracking)] },
    init: (controller) => {
      tracking.active = true;
      tracking.attempt(() => {
        dialogs.instrument(controller.dialogSet);
        const dealtWith = createDealtWith(controller, tracker.contained);
        undos.push(
          overrideHandleTurn(controller, tracking, { activate, dealtWith }),
          overrideSaveState(controller, tracking, { dialogs, dealtWith }),
          listen(controller, tracking, onSignal),
        );
        controller.addPluginExtension('turnspan', {
          ...extension,
          graph,
          handOff: handOffTo,
          messageTag,
        });
      });
    },
    graph,
    handOff: handOffTo,
    messageTag,
    moment,
    randomTexts: () => dialogs.randomTexts(),
    uninstrument: () => {
      undoAll(undos.splice(0))();
      dialogs.undo();
      tracking.active = false;
    },
  };
}

function momentOf(tracking: Tracking, bot: BotShape | undefined): Moment | undefined {
  const record = bot ? tracking.open(bot.getConfig('context')) : tracking.current();
  if (!record) return undefined;
  const dc = bot?.getConfig('dialogContext') ?? record.dc;
  return { turn: record.turn, journeys: dc ? tracking.journeys(record, dc) : [] };
}

/** A message is about to be dealt with, and the stack says where its user stands. */
function ingest(tracking: Tracking): Middleware {
  return (bot, _message, next) => {
    tracking.attempt(() => {
      const record = tracking.openInbound(bot.getConfig('context'));
      const dc = bot.getConfig('dialogContext');
      if (dc) tracking.resume(record, dc);
    });
    next();
  };
}

/** The bot says something by itself: this is the first we hear of such a turn. */
function send(tracking: Tracking): Middleware {
  return (bot, _activity, next) => {
    tracking.attempt(() => tracking.open(bot.getConfig('context')));
    next();
  };
}

type Activate = NonNullable<BotkitPluginOptions['activate']>;

/**
 * Puts a turn around everything the bot does because of one activity. A message that comes again
 * and that the bot has saved already is not given to it a second time.
 */
function overrideHandleTurn(
  controller: ControllerShape,
  tracking: Tracking,
  { activate, dealtWith }: { readonly activate: Activate; readonly dealtWith: DealtWith },
): Undo {
  return override(controller, 'handleTurn', (original) => (context) => {
    const record = tracking.attempt(() => tracking.openInbound(context));
    if (!record) return original.call(controller, context);
    const { turn } = record;
    const { claimant, again } = turn;
    const handle = () => tracking.inside(record, () => original.call(controller, context));
    const handleOnce = async () =>
      claimant && (await dealtWith.has(context, claimant)) ? undefined : await handle();
    const running = activated(tracking, { turn, activate }, again ? handleOnce : handle);
    return running.then(
      (result) => {
        tracking.attempt(() => tracking.tracker.endTurn(turn));
        return result;
      },
      (error) => {
        tracking.attempt(() => tracking.tracker.endTurn(turn, thrownBy(error)));
        throw error;
      },
    );
  });
}

/** Runs the bot through `activate`; should that fail before it has run the bot, runs it plainly. */
function activated<T>(
  tracking: Tracking,
  { turn, activate }: { readonly turn: TurnRef; readonly activate: Activate },
  run: () => Promise<T>,
): Promise<T> {
  let running: Promise<T> | undefined;
  const runOnce = () => {
    running ??= run();
    return running;
  };
  tracking.attempt(() => activate(turn, () => void runOnce()));
  return runOnce();
}

/** The state is about to be saved: the last moment to write into it where the user stands. */
function overrideSaveState(
  controller: ControllerShape,
  tracking: Tracking,
  {
    dialogs,
    dealtWith,
  }: { readonly dialogs: DialogInstrumentation; readonly dealtWith: DealtWith },
): Undo {
  if (controller.saveState === undefined) return () => {};
  return override(controller as Required<ControllerShape>, 'saveState', (original) => (bot) => {
    const turn = tracking.attempt(() => {
      const dc = bot.getConfig('dialogContext');
      const record = dc && tracking.recordOf(dc.context);
      if (record) dialogs.waitAgain(record, dc);
      return record?.turn;
    });
    const recorded = turn && tracking.attempt(() => tracking.tracker.beforeSave(turn));
    const { claimant } = turn ?? {};
    if (!recorded || claimant === undefined) return original.call(controller, bot);
    return recorded
      .then(() => dealtWith.note(bot.getConfig('context'), claimant))
      .then(() => original.call(controller, bot));
  });
}

/** Listens to what the channel adapter tells beside the messages, if it tells anything. */
function listen(
  { adapter }: ControllerShape,
  tracking: Tracking,
  onSignal: (signal: ChannelSignal) => void,
): Undo {
  const { subscribe } = (adapter ?? {}) as Partial<SignalSource>;
  if (typeof subscribe !== 'function') return () => {};
  return subscribe.call(adapter, (signal) => {
    tracking.attempt(() => onSignal(signal));
  });
}
