import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT, readText, type SourceFile } from './workspace';

const FENCE = /^(```|~~~).*?^\1\s*$/gms;
const INLINE_CODE = /`[^`\n]*`/g;
const INLINE_LINK = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const REFERENCE_LINK = /^\s*\[[^\]]+\]:\s*<?([^\s>]+)>?/gm;
const HEADING = /^#{1,6}\s+(.+?)\s*#*\s*$/gm;
const EXPLICIT_ANCHOR = /<a\s+(?:id|name)="([^"]+)"/g;
const EXTERNAL = /^(?:[a-z][a-z+.-]*:|\/\/)/i;

/** The relative links of a page that lead nowhere, as they are written there. */
export function findBrokenLinks({ path, text }: SourceFile): string[] {
  return findLinks(text).filter((link) => !EXTERNAL.test(link) && !leadsSomewhere(path, link));
}

/** The first cells of the rows of all tables in a section, without backticks. */
export function readFirstColumn(text: string): string[] {
  return readTable(text).map(([first = '']) => first);
}

/** The rows of all tables in a text, without their headings and without backticks. */
export function readTable(text: string): string[][] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line, index) => line.startsWith('|') && !isHeading(lines, index))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')));
}

/** The text below a heading, up to the next one of the same or a higher level. */
export function readSection(text: string, heading: string): string {
  const [, level = '', rest = ''] = new RegExp(`^(#+) ${heading}\\s*$(.*)`, 'ms').exec(text) ?? [];
  const end = new RegExp(`^#{1,${Math.max(level.length, 1)}} `, 'm').exec(rest);
  return rest.slice(0, end?.index);
}

function isHeading(lines: readonly string[], index: number): boolean {
  const isRule = (line = '') => /^\|[\s:|-]+\|$/.test(line);
  return isRule(lines[index]) || isRule(lines[index + 1]);
}

function findLinks(text: string): string[] {
  const prose = text.replace(FENCE, '').replace(INLINE_CODE, '');
  return [INLINE_LINK, REFERENCE_LINK].flatMap((pattern) =>
    [...prose.matchAll(pattern)].map(([, link = '']) => link),
  );
}

function leadsSomewhere(from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? from : normalize(join(dirname(from), decodeURIComponent(target)));
  if (path.startsWith('..') || !existsSync(join(ROOT, path))) return false;
  if (anchor === undefined || !path.endsWith('.md')) return true;
  return statSync(join(ROOT, path)).isFile() && findAnchors(readText(path)).has(anchor);
}

/** The anchors of a page, made from its headings as GitHub makes them. */
function findAnchors(text: string): Set<string> {
  const prose = text.replace(FENCE, '');
  const seen = new Map<string, number>();
  const anchors = [...prose.matchAll(HEADING)].map(([, heading = '']) => {
    const slug = toSlug(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  const explicit = [...prose.matchAll(EXPLICIT_ANCHOR)].map(([, anchor = '']) => anchor);
  return new Set([...anchors, ...explicit]);
}

function toSlug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
