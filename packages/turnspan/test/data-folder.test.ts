import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../src/data-folder';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'turnspan-data-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const rightsOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the data folder', () => {
  it('is made for its owner only, with a key of its own', () => {
    const folder = openDataFolder(join(root, 'a/b'), { onError: fail });

    expect(rightsOf(join(root, 'a/b'))).toBe('700');
    expect(rightsOf(join(root, 'a/b/key'))).toBe('600');
    expect(folder?.key).toMatch(/^[\w-]{43}$/);
  });

  it('has the same key at every start, and another folder has another', () => {
    const open = (name: string) => openDataFolder(join(root, name), { onError: fail })?.key;

    expect(open('a')).toBe(open('a'));
    expect(open('a')).not.toBe(open('b'));
  });

  it('names a file for the journal and one for the store', () => {
    expect(openDataFolder(root, { onError: fail })).toMatchObject({
      journal: join(root, 'journal.sqlite'),
      store: join(root, 'store.sqlite'),
    });
  });

  it('is none where it is turned off', () => {
    expect(openDataFolder(false, { onError: fail })).toBeUndefined();
  });

  it.each([
    ['a file is in its place', () => writeFileSync(join(root, 'data'), '')],
    [
      'its key is empty',
      () => {
        openDataFolder(join(root, 'data'), { onError: fail });
        writeFileSync(join(root, 'data/key'), '');
      },
    ],
  ])('says what to do where %s, and keeps nothing', (_, spoil) => {
    const onError = jest.fn();
    spoil();

    expect(openDataFolder(join(root, 'data'), { onError })).toBeUndefined();
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringMatching(/data.*Make it writable .* `data: false`\.$/),
      }),
    );
  });

  it('leaves nothing but the key behind', () => {
    openDataFolder(root, { onError: fail });
    openDataFolder(root, { onError: fail });

    expect(readFileSync(join(root, 'key'), 'utf8').endsWith('\n')).toBe(true);
    expect(readdirSync(root)).toEqual(['key']);
  });
});

function fail(error: unknown): never {
  throw error;
}
