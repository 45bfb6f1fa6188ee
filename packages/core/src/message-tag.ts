import type { Pseudonymize } from './privacy';
import type { Timestamp } from './vocabulary';

/** Where a message came from, small enough to travel with it. */
export interface MessageTag {
  readonly flow: string;
  readonly node: string;
  /** Names the wait that the message opens, or '' if it asks nothing. */
  readonly claimId: string;
  readonly sentAt: Timestamp;
}

/** WhatsApp's limit for `biz_opaque_callback_data`, in characters. */
const MAX_LENGTH = 512;
/** Says that a text is a tag of ours, and in which layout. */
const MARK = 'ts1';
const SIGNATURE_LENGTH = 8;

/**
 * Writes and reads tags. Under a key they are signed, and one that was not signed with it is not
 * ours; without a key, which then differs in every process, they are not.
 */
export class MessageTags {
  readonly #sign: ((text: string) => string) | undefined;

  constructor(pseudonymize: Pseudonymize | undefined) {
    this.#sign = pseudonymize && ((text) => pseudonymize('tag', text).slice(0, SIGNATURE_LENGTH));
  }

  /** Writes a tag; undefined if it would be longer than 512 characters. */
  encode({ flow, node, claimId, sentAt }: MessageTag): string | undefined {
    const row = JSON.stringify([MARK, flow, node, claimId, Math.round(sentAt)]);
    const text = this.#sign ? `${row.slice(0, -1)},"${this.#sign(row)}"]` : row;
    return text.length <= MAX_LENGTH ? text : undefined;
  }

  /** Reads a tag back; undefined if it is not one of ours. */
  decode(text: string | undefined): MessageTag | undefined {
    if (!text?.startsWith(`["${MARK}"`)) return undefined;
    try {
      const row: unknown = JSON.parse(text);
      return Array.isArray(row) && this.#isSigned(row) ? toTag(row) : undefined;
    } catch {
      return undefined;
    }
  }

  #isSigned(row: readonly unknown[]): boolean {
    return this.#sign === undefined || this.#sign(JSON.stringify(row.slice(0, 5))) === row[5];
  }
}

function toTag([, flow, node, claimId, sentAt]: readonly unknown[]): MessageTag | undefined {
  if (typeof flow !== 'string' || typeof node !== 'string') return undefined;
  if (typeof claimId !== 'string' || typeof sentAt !== 'number') return undefined;
  return { flow, node, claimId, sentAt };
}
