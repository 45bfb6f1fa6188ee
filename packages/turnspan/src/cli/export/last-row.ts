import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** Which part of a file is whole. */
export interface WholeRows {
  /** Where the last whole row ends; 0 if there is none. */
  readonly end: number;
  /** The last whole row. */
  readonly last: string;
  /** What the file begins with, as long as was asked for or shorter. */
  readonly beginning: string;
}

const QUOTE = 0x22;
const NEW_LINE = 0x0a;
/** A row is far shorter; what is longer is no file of ours. */
const MAX_ROW_BYTES = 1_000_000;

/** Reads a file once, in constant memory, to see where its last whole row is. */
export async function findLastRow(
  path: string,
  file: FileHandle,
  { hasQuotes, beginning }: { readonly hasQuotes: boolean; readonly beginning: string },
): Promise<WholeRows> {
  const { start, end } = await findBounds(path, hasQuotes);
  return {
    end,
    last: await readText(file, start, Math.min(end - start, MAX_ROW_BYTES)),
    beginning: await readText(file, 0, Buffer.byteLength(beginning)),
  };
}

async function findBounds(path: string, hasQuotes: boolean) {
  const bounds = { start: 0, end: 0 };
  let offset = 0;
  let isQuoted = false;
  const take = (byte: number) => {
    offset += 1;
    if (byte === QUOTE) isQuoted = hasQuotes && !isQuoted;
    if (byte !== NEW_LINE || isQuoted) return;
    bounds.start = bounds.end;
    bounds.end = offset;
  };
  for await (const chunk of createReadStream(path)) for (const byte of chunk as Buffer) take(byte);
  return bounds;
}

async function readText(file: FileHandle, position: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.toString('utf8', 0, bytesRead);
}
