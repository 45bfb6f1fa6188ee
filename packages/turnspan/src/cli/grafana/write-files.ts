import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TurnspanError } from '@turnspan/core';
import type { ExportedFile } from '@turnspan/grafana';

/** A file, and what writing it does. */
export interface FileState extends ExportedFile {
  readonly state: 'new' | 'unchanged' | 'replaced';
}

/** Compares files with what is in a folder already. */
export function compareFiles(folder: string, files: readonly ExportedFile[]): readonly FileState[] {
  return files.map((file) => ({ ...file, state: compareFile(join(folder, file.path), file.text) }));
}

/** Writes the files that are not there yet, or are different. */
export function writeFiles(folder: string, files: readonly FileState[]): void {
  for (const { path, text } of files.filter(({ state }) => state !== 'unchanged')) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (error) {
      throw refused(file, 'written', error);
    }
  }
}

function compareFile(file: string, text: string): FileState['state'] {
  try {
    return readFileSync(file, 'utf8') === text ? 'unchanged' : 'replaced';
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return 'new';
    throw refused(file, 'read', error);
  }
}

function refused(file: string, what: string, cause: unknown): TurnspanError {
  const detail = `${file} cannot be ${what} (${codeOf(cause)}); choose another folder by --out.`;
  return new TurnspanError('OPTION_INVALID', { detail, cause });
}

function codeOf(error: unknown): string {
  return String((Object(error) as { readonly code?: unknown }).code);
}
