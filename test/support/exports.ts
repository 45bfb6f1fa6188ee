import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, readText } from './workspace';

const LIST = /^export\s+(?:type\s+)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/gm;

interface ReExport {
  readonly name: string;
  /** Its name in the file that it comes from. */
  readonly original: string;
  readonly from: string;
}

/** The names that an index exports and that have no doc comment where they are declared. */
export function findUndocumentedExports(index: string): string[] {
  return readReExports(readText(index))
    .filter(({ original, from }) => !isDocumented(original, resolve(index, from)))
    .map(({ name }) => name);
}

function readReExports(text: string): ReExport[] {
  return [...text.matchAll(LIST)].flatMap(([, names = '', from = '']) =>
    names
      .replace(/\/\/.*$/gm, '')
      .split(',')
      .map((name) => name.trim().replace(/^type\s+/, ''))
      .filter((name) => name !== '')
      .map((name) => {
        const [original = name, alias = original] = name.split(/\s+as\s+/);
        return { name: alias, original, from };
      }),
  );
}

/** What is declared outside this repository is documented there. */
function isDocumented(name: string, file: string | undefined): boolean {
  if (file === undefined) return true;
  const text = readText(file);
  const declaration = new RegExp(
    `^export\\s+(?:declare\\s+|abstract\\s+|async\\s+)*(?:class|const|function\\*?|interface|type)\\s+${name}\\b`,
    'm',
  ).exec(text);
  if (declaration) return text.slice(0, declaration.index).trimEnd().endsWith('*/');
  const further = readReExports(text).find((reExport) => reExport.name === name);
  return further !== undefined && isDocumented(further.original, resolve(file, further.from));
}

function resolve(file: string, from: string): string | undefined {
  const ours = /^@turnspan\/([^/]+)$/.exec(from);
  if (ours) return `packages/${ours[1]}/src/index.ts`;
  if (!from.startsWith('.')) return undefined;
  const base = join(dirname(file), from);
  return [`${base}.ts`, join(base, 'index.ts')].find((path) => existsSync(join(ROOT, path)));
}
