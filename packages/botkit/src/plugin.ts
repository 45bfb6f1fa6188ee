import type { ChannelSignal, KnownFlow, SignalSource, Tracker, TurnRef } from '@turnspan/core';
import { DialogInstrumentation } from './instrument-dialogs';
import { override, type Undo, undoAll } from './override';
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
}: BotkitPluginOptions): BotkitPlugin {
  const tracking = new Tracking(tracker);
  const dialogs = new DialogInstrumentation(tracking, guard);
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
  return {
    name: 'turnspan',
    middlewares: { ingest: [ingest(tracking)], send: [send(tracking)] },
    init: (controller) => {
      tracking.active = true;
      tracking.attempt(() => {
        dialogs.instrument(controller.dialogSet);
        undos.push(
          overrideHandleTurn(controller, tracking, activate),
          overrideSaveState(controller, tracking, dialogs),
          listen(controller, tracking, onSignal),
        );
        controller.addPluginExtension('turnspan', { graph, handOff: handOffTo, messageTag });
      });
    },
    graph,
    handOff: handOffTo,
    messageTag,
    uninstrument: () => {
      undoAll(undos.splice(0))();
      dialogs.undo();
      tracking.active = false;
    },
  };
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

/** Puts a turn around everything the bot does because of one activity. */
function overrideHandleTurn(
  controller: ControllerShape,
  tracking: Tracking,
  activate: Activate,
): Undo {
  return override(controller, 'handleTurn', (original) => (context) => {
    const record = tracking.attempt(() => tracking.openInbound(context));
    if (!record) return original.call(controller, context);
    const { turn } = record;
    const running = activated(tracking, { turn, activate }, () =>
      original.call(controller, context),
    );
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
  dialogs: DialogInstrumentation,
): Undo {
  if (controller.saveState === undefined) return () => {};
  return override(controller as Required<ControllerShape>, 'saveState', (original) => (bot) => {
    const turn = tracking.attempt(() => {
      const dc = bot.getConfig('dialogContext');
      const record = dc && tracking.recordOf(dc.context);
      if (record) dialogs.waitAgain(record, dc);
      return record?.turn;
    });
    if (!turn?.kept) return original.call(controller, bot);
    return tracking.tracker.beforeSave(turn).then(() => original.call(controller, bot));
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
