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
const MARK = 'ts1';

/** Writes a tag; undefined if it would be longer than 512 characters. */
export function encodeMessageTag(tag: MessageTag): string | undefined {
  const text = JSON.stringify([MARK, tag.flow, tag.node, tag.claimId, Math.round(tag.sentAt)]);
  return text.length <= MAX_LENGTH ? text : undefined;
}

/** Reads a tag back; undefined if it is not one of ours. */
export function decodeMessageTag(text: string | undefined): MessageTag | undefined {
  if (!text?.startsWith(`["${MARK}"`)) return undefined;
  try {
    return toTag(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function toTag(row: unknown): MessageTag | undefined {
  if (!Array.isArray(row)) return undefined;
  const [, flow, node, claimId, sentAt]: readonly unknown[] = row;
  if (typeof flow !== 'string' || typeof node !== 'string') return undefined;
  if (typeof claimId !== 'string' || typeof sentAt !== 'number') return undefined;
  return { flow, node, claimId, sentAt };
}
