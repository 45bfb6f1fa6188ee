import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder-core';
import type { VirtualTime } from './virtual-time';

/** Somebody whose name, id and words must never be seen in what the tracker tells. */
export const USER = { id: '+4915901234567', name: 'Ada Lovelace' };

const SEND_MS = 100;

/** How the channel behaves. */
export interface ChannelBehaviour {
  /** Returns what the channel refuses the n-th activity (from 1) with. @default refuses nothing */
  readonly refuse?: (activity: Partial<Activity>, n: number) => Error | undefined;
  /** Macrotasks that a send takes, so that turns can overlap. @default 0 */
  readonly slowness?: number;
}

/** A channel in memory: it writes down every activity it is given, byte for byte. */
export class ScriptedAdapter extends BotAdapter {
  readonly name = 'scripted';
  readonly #time: VirtualTime;
  readonly #behaviour: ChannelBehaviour;
  readonly #transcript: string[];
  readonly #channelId: string;
  #received = 0;

  constructor(
    time: VirtualTime,
    transcript: string[],
    options: ChannelBehaviour & { readonly channelId?: string } = {},
  ) {
    super();
    this.#time = time;
    this.#transcript = transcript;
    this.#behaviour = options;
    this.#channelId = options.channelId ?? 'web';
  }

  /** Where a bot that speaks first finds the user. */
  reference(user: { id: string; name: string } = USER) {
    const { channelId, conversation, recipient } = this.#address(user);
    return { channelId, conversation, bot: recipient, user, serviceUrl: 'https://channel' };
  }

  /** Hands an inbound activity to the bot. */
  async receive(
    activity: Partial<Activity>,
    handle: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    this.#received += 1;
    const id = `in-${this.#received}`;
    const user = activity.from ?? USER;
    const inbound = { ...this.#address(user), id, type: 'message', ...activity };
    await this.runMiddleware(new TurnContext(this, inbound as Activity), handle);
  }

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const { refuse, slowness = 0 } = this.#behaviour;
    for (let n = 0; n < slowness; n += 1) await nextMacrotask();
    return activities.map((activity) => {
      this.#time.pass(SEND_MS);
      this.#sends += 1;
      const error = refuse?.(activity, this.#sends);
      this.#transcript.push(`${error ? 'refused ' : ''}${JSON.stringify(activity)}`);
      if (error) throw error;
      return { id: `out-${this.#sends}` };
    });
  }

  override async updateActivity(): Promise<void> {}

  override async deleteActivity(): Promise<void> {}

  override async continueConversation(): Promise<void> {}

  #sends = 0;

  #address(user: { id: string; name: string }) {
    return {
      channelId: this.#channelId,
      from: user,
      recipient: { id: 'line-1', name: 'Bot' },
      conversation: { id: `line-1:${user.id}`, name: '', isGroup: false, conversationType: '' },
    };
  }
}

/** Lets everything else that is ready run first. */
export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
