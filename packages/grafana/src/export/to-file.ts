import { toYaml } from '../rule-file';

/** Writes a file of YAML that begins with what there is to know about it, line by line. */
export function toFile(content: object, notes: readonly string[] = []): string {
  return notes.map((note) => `# ${note}\n`).join('') + toYaml(content);
}
