import { isBuiltin } from 'node:module';
import type { WorkspacePackage } from './workspace';

/** Which of our packages each package may use. */
export type ImportTable = Readonly<Record<string, readonly string[]>>;

const IMPORT = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]([^'"]+)['"]/g;
const COMMENT = /\/\*.*?\*\/|^\s*\/\/.*?$/gms;
const NOBODY_IMPORTS = /^turnspan$|^turnspan\/|(?:^|\/)examples(?:\/|$)/;

/** Everything about a package that the table does not allow, as sentences. */
export function findViolations(checked: WorkspacePackage, table: ImportTable): string[] {
  const allowed = table[checked.folder];
  if (!allowed) return [`${checked.folder} is not in the table.`];
  return [
    ...checkDependencies(checked, allowed),
    ...checkReferences(checked),
    ...checkImports(checked, allowed),
    ...(allowed.length === 0 ? checkIndependence(checked) : []),
  ];
}

function checkDependencies({ folder, manifest }: WorkspacePackage, allowed: readonly string[]) {
  return ours(dependencies(manifest))
    .filter((name) => !allowed.includes(name))
    .map((name) => `${folder} depends on ${name}.`);
}

function checkReferences({ folder, manifest, references }: WorkspacePackage) {
  const wanted = ours(dependencies(manifest)).sort();
  return String([...references].sort()) === String(wanted)
    ? []
    : [`The tsconfig of ${folder} refers to [${references}], its dependencies are [${wanted}].`];
}

function checkImports({ sources }: WorkspacePackage, allowed: readonly string[]) {
  return sources.flatMap(({ path, text }) =>
    imports(text)
      .filter(
        (name) => NOBODY_IMPORTS.test(name) || ours([name]).some((our) => !allowed.includes(our)),
      )
      .map((name) => `${path} imports ${name}.`),
  );
}

/** A package that stands on nothing has no dependency, and imports only itself and Node. */
function checkIndependence({ folder, manifest, sources }: WorkspacePackage) {
  const foreign = sources.flatMap(({ path, text }) =>
    imports(text)
      .filter((name) => !name.startsWith('./') && !(name.startsWith('node:') && isBuiltin(name)))
      .map((name) => `${path} imports ${name}, which is neither of ${folder} nor of Node.`),
  );
  return [...dependencies(manifest).map((name) => `${folder} depends on ${name}.`), ...foreign];
}

function imports(text: string): string[] {
  return [...text.replace(COMMENT, '').matchAll(IMPORT)].map(([, name = '']) => name);
}

function dependencies({ dependencies, peerDependencies }: WorkspacePackage['manifest']): string[] {
  return Object.keys({ ...dependencies, ...peerDependencies });
}

/** The folders of those names that are packages of ours. */
function ours(names: readonly string[]): string[] {
  return names
    .filter((name) => name === 'turnspan' || name.startsWith('@turnspan/'))
    .map((name) => name.replace('@turnspan/', '').replace(/\/.*/, ''));
}
