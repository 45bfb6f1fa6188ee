import { type FileHandle, open } from 'node:fs/promises';
import { TurnspanError } from '@turnspan/core';
import type { JournalRow } from '@turnspan/journal';
import type { CommandOutput } from '../command-io';
import { findLastRow } from './last-row';
import type { RowFormat, RowReading } from './row-format';

/** What rows are written to. */
export interface Target {
  /** The row that is in it last; undefined if it is new. */
  readonly after: JournalRow | undefined;
  /** Whether the head is in it already. */
  readonly hasHead: boolean;
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Only the owner reads it. */
const MODE = 0o600;

/** Writes to what others read, no faster than they do. */
export function toTarget(output: CommandOutput): Target {
  const write = async (text: string) => {
    const isFull = output.write(text) === false && output.once !== undefined;
    if (isFull) await new Promise<void>((resolve) => output.once?.('drain', resolve));
  };
  return { after: undefined, hasHead: false, write, close: async () => undefined };
}

/** Makes a file for its owner only. One that exists is refused. */
export async function createTarget(path: string, { reading }: RowFormat): Promise<Target> {
  try {
    return toFileTarget(await open(path, 'wx', MODE), {});
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw refused(`${path} cannot be written (${codeOf(error)}).`);
    const orResume = reading ? ', or go on with it by --resume' : '';
    throw refused(`${path} exists. Choose another file${orResume}.`);
  }
}

/** Goes on after the last whole row of a file, or makes one where there is none. */
export async function resumeTarget(path: string, format: RowFormat): Promise<Target> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(`${path} cannot be written (${codeOf(error)}).`);
  });
  if (!file) return createTarget(path, format);
  try {
    const found = await findPlace(path, file, format.reading);
    if (!found) {
      throw refused(`${path} was not made by this export, so that it stays as it is.`);
    }
    await file.truncate(found.end);
    await file.chmod(MODE);
    return toFileTarget(file, found);
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface Place {
  readonly end: number;
  readonly after?: JournalRow | undefined;
}

/** Undefined for a file that is something else. */
async function findPlace(
  path: string,
  file: FileHandle,
  reading: RowReading | undefined,
): Promise<Place | undefined> {
  if (!reading) return undefined;
  const { end, last, beginning } = await findLastRow(path, file, reading);
  if (!reading.beginning.startsWith(beginning)) return undefined;
  if (end === 0 || last === reading.beginning) return { end };
  const after = reading.parse(last);
  return after && { end, after };
}

function toFileTarget(
  file: FileHandle,
  { end = 0, after }: { readonly end?: number; readonly after?: JournalRow | undefined },
): Target {
  let position = end;
  const write = async (text: string) => {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position);
      done += bytesWritten;
      position += bytesWritten;
    }
  };
  return { after, hasHead: end > 0, write, close: () => file.close() };
}

function refused(detail: string): TurnspanError {
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}

function codeOf(error: unknown): string {
  return String((Object(error) as { readonly code?: unknown }).code);
}
