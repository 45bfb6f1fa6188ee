import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TurnspanError } from '@turnspan/core';
import type { Reply } from './send';

/** The page's own files, by the names that they have in it. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  readonly loginScript: string;
  readonly loginStyle: string;
  /** The answer with a file of this name, compressed for those who take it; undefined if there is none. */
  find(name: string, acceptEncoding: string): Reply | undefined;
}

const TYPES = { js: 'text/javascript', css: 'text/css' } as const;
/** The names carry a hash of what is in them. */
const FOREVER = 'private, max-age=31536000, immutable';

/** Reads the files that the build has left, once: what is not listed by it is never served. */
export function readAssets(folder: string): Assets {
  const manifest = readManifest(folder);
  const files = new Map(
    Object.values(manifest).map((name) => {
      const plain = readFileSync(join(folder, name));
      return [name, { plain, compressed: gzipSync(plain) }] as const;
    }),
  );
  return {
    ...manifest,
    find(name, acceptEncoding) {
      const file = files.get(name);
      if (file === undefined) return undefined;
      const type = name.endsWith('.js') ? TYPES.js : TYPES.css;
      const headers = { 'cache-control': FOREVER, vary: 'Accept-Encoding' };
      return takesGzip(acceptEncoding)
        ? {
            status: 200,
            type,
            body: file.compressed,
            headers: { ...headers, 'content-encoding': 'gzip' },
          }
        : { status: 200, type, body: file.plain, headers };
    },
  };
}

function takesGzip(acceptEncoding: string): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(acceptEncoding);
}

type Manifest = Pick<Assets, 'script' | 'style' | 'loginScript' | 'loginStyle'>;

function readManifest(folder: string): Manifest {
  try {
    const names = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    return {
      script: String(names.script),
      style: String(names.style),
      loginScript: String(names.loginScript),
      loginStyle: String(names.loginStyle),
    };
  } catch (cause) {
    const detail = `Expected \`assets\` to be a folder with the built page, got ${folder}. Run the build of the package first.`;
    throw new TurnspanError('OPTION_INVALID', { detail, cause });
  }
}
