import { ERROR_CODES } from '../packages/core/src';
import { findUndocumentedExports } from './support/exports';
import { findLeaks } from './support/leaks';
import { findBrokenLinks, readFirstColumn, readSection, readTable } from './support/markdown';
import { readFiles, readPackages, readText } from './support/workspace';

const packages = readPackages();
const pages = readFiles('.', /\.md$/);
const written = readFiles('.', /\.(?:md|ts|js|json|yaml|yml|sh)$|\.ci\/run$/).filter(
  ({ path }) => path !== 'pnpm-lock.yaml' && !path.startsWith('test/'),
);

describe('the pages', () => {
  it('exist', () => {
    expect(pages.map(({ path }) => path)).toContain('CONTRIBUTING.md');
  });

  it.each(pages.map((page) => [page.path, page] as const))('link well from %s', (_path, page) => {
    expect(findBrokenLinks(page)).toEqual([]);
  });

  it.each(packages)('introduce $manifest.name', ({ folder, manifest }) => {
    expect(readText(`packages/${folder}/README.md`).split('\n')[0]).toBe(`# ${manifest.name}`);
  });

  it('explain every error code, and no other', () => {
    const explained = readFirstColumn(readSection(readText('docs/reference/errors.md'), 'Errors'));

    expect(explained.sort()).toEqual([...ERROR_CODES].sort());
  });
});

describe('the sources', () => {
  it.each(packages)('describe every export of $manifest.name', ({ folder }) => {
    expect(findUndocumentedExports(`packages/${folder}/src/index.ts`)).toEqual([]);
  });

  it('and pages tell nothing about the machines they were written on', () => {
    const telling = written
      .map(({ path, text }) => ({ path, leaks: findLeaks(text) }))
      .filter(({ leaks }) => leaks.length > 0);

    expect(telling).toEqual([]);
  });
});

describe('the check of the pages', () => {
  const page = (text: string) => ({ path: 'docs/reference/errors.md', text });

  it.each([
    ['[here](#errors)'],
    ['[there](../../CONTRIBUTING.md#the-two-commands "Title")'],
    ['[elsewhere](https://example.com/nothing)'],
    ['[a folder](..)'],
    ['`[no link](nowhere)`'],
    ['```md\n[no link](nowhere)\n```'],
  ])('lets %s be', (text) => {
    expect(findBrokenLinks(page(text))).toEqual([]);
  });

  it.each([
    ['[a](nowhere.md)', 'nowhere.md'],
    ['[a](../../CONTRIBUTING.md#nothing)', '../../CONTRIBUTING.md#nothing'],
    ['[a](#nothing)', '#nothing'],
    ['[a](../../../outside.md)', '../../../outside.md'],
    ['[a][b]\n\n[b]: nowhere.md', 'nowhere.md'],
  ])('finds what is broken in %s', (text, link) => {
    expect(findBrokenLinks(page(text))).toEqual([link]);
  });

  it('reads the tables of one section only', () => {
    const text =
      '## A\n\n| x | y |\n| --- | :-: |\n| `a` | b \\| c |\n\n## B\n\n| x |\n|---|\n| d |\n';

    expect(readTable(readSection(text, 'A'))).toEqual([['a', 'b \\| c']]);
  });

  it.each([
    ['see /home/somebody/notes.md'],
    ['`/tmp/x`'],
    [['https://registry', 'npmjs', 'org/a'].join('.')],
    ['as in Issue #12'],
  ])('finds what should not be told in %s', (text) => {
    expect(findLeaks(text)).toHaveLength(1);
  });

  it.each([
    ['https://example.com/home/page'],
    ['registry.register(metric)'],
    [['src', 'work', 'x'].join('/')],
  ])('lets %s be', (text) => {
    expect(findLeaks(text)).toEqual([]);
  });
});
