import type { WhatsAppAdapterOptions } from '../../src';
import { type Bot, startBot } from '../harness';
import type { Process } from './world';

/** A bot in a process of its own, and what it has heard. */
export interface Listener extends Bot {
  readonly heard: string[];
  /** Ends the process without a word to anybody. */
  kill(): void;
}

export interface Listening {
  readonly process: {
    readonly options: Partial<Process['options']>;
    readonly kill: () => void;
  };
  readonly options?: Partial<WhatsAppAdapterOptions>;
  /** What a turn does besides hearing. */
  readonly turn?: ((text: string) => unknown) | undefined;
  /** Events that are listened to beside messages. */
  readonly events?: readonly string[];
}

export async function startListener(listening: Listening): Promise<Listener> {
  const { process, options, turn, events = [] } = listening;
  const heard: string[] = [];
  const bot = await startBot({ ...process.options, ...options }, {}, (controller) => {
    controller.on('message', async (_worker, said) => {
      heard.push(said.text ?? '');
      await turn?.(said.text ?? '');
    });
    for (const event of events) {
      controller.on(event, async () => {
        heard.push(event);
        await turn?.(event);
      });
    }
  });
  return { ...bot, heard, kill: process.kill };
}

/** A turn that does not end by itself. */
export function forever(): Promise<never> {
  return new Promise(() => {});
}
