import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The folder of the repository. */
export const ROOT = join(__dirname, '..', '..');

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** A package of the workspace, as far as the rules about packages look at it. */
export interface WorkspacePackage {
  /** The name of the folder under `packages`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The folders of the packages that its tsconfig refers to. */
  readonly references: readonly string[];
  readonly sources: readonly SourceFile[];
}

/** The part of a package.json that is looked at. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A file with its path from the root of the repository, written with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** All packages, with the sources that they publish. */
export function readPackages(): WorkspacePackage[] {
  return readdirSync(join(ROOT, 'packages')).map((folder) => {
    const { references = [] } = readJson(`packages/${folder}/tsconfig.json`);
    return {
      folder,
      manifest: readJson(`packages/${folder}/package.json`),
      references: references.map(({ path }: { path: string }) => path.replace('../', '')),
      sources: readFiles(`packages/${folder}/src`, /\.ts$/),
    };
  });
}

/** The files of ours below a folder whose names fit. */
export function readFiles(folder: string, name: RegExp): SourceFile[] {
  return listFiles(join(ROOT, folder))
    .filter((file) => name.test(file))
    .map((file) => ({
      path: relative(ROOT, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
}

/** A JSON file by its path from the root. */
export function readJson(path: string) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** A text file by its path from the root; empty when there is none. */
export function readText(path: string): string {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}
