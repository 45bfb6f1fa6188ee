import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresJournal } from '@turnspan/store-postgres';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { foldersForTests } from './cli/journal';
import { NOW, run } from './cli/run';
import { tellVisits, writeVisits } from './cli/visits';

const newFolder = foldersForTests();

describe('turnspan journal migrate', () => {
  it('says that the journal is up to date', async () => {
    const journal = await writeVisits(newFolder());

    const { code, stdout } = await run(['journal', 'migrate', '--journal', journal]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      / is up to date: its schema has version \d+, since 2026-11-23 12:00 UTC\.\n$/,
    );
  });

  it('gives JSON', async () => {
    const journal = await writeVisits(newFolder());

    const { stdout } = await run(['journal', 'migrate', '--journal', journal, '--json']);

    const version = expect.any(Number);
    expect(JSON.parse(stdout)).toEqual({ at: NOW, journal, version, since: NOW });
  });

  it.each([['migrate'], ['prune']])('%s makes no journal', async (command) => {
    const journal = join(newFolder(), 'journal.db');

    const { code, stderr } = await run(['journal', command, '--journal', journal]);

    expect([code, existsSync(journal)]).toEqual([1, false]);
    expect(stderr).toContain('There is no journal');
  });
});

describe('turnspan journal prune', () => {
  it.each([
    [[], 0],
    [['--older-than', '11d'], 0],
    [['--older-than', '2026-11-13T12:15'], 2],
    [['--older-than', '9d'], 6],
  ])('deletes with %j', async (words, rows) => {
    const journal = await writeVisits(newFolder());
    const prune = ['journal', 'prune', '--journal', journal, '--json', ...words];

    const first = await run(prune);
    const second = await run(prune);

    expect(JSON.parse(first.stdout)).toMatchObject({ at: NOW, journal, rows });
    expect(JSON.parse(second.stdout)).toMatchObject({ rows: 0 });
  });

  it('says how many rows those were', async () => {
    const journal = await writeVisits(newFolder());

    const { stdout } = await run(['journal', 'prune', '--journal', journal, '--older-than', '9d']);

    expect(stdout).toBe(`Deleted 6 rows from before 2026-11-14 12:00 UTC in ${journal}.\n`);
  });
});

describeWithPostgres((binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    const pool = new Pool(server.connection);
    await tellVisits(createPostgresJournal({ pool, onError: () => undefined }));
    await pool.end();
  }, 60_000);

  afterAll(() => server?.stop());

  it.each([
    [['journal', 'migrate'], 'is up to date: its schema has version 4'],
    [['journal', 'prune'], 'Deleted 0 rows'],
    [['quality', 'now'], 'knows of no number'],
    [['quality', 'history'], 'knows nothing of it'],
    [['journal', 'migrate', '--json'], '"version": 4'],
    [['journal', 'export', '--format', 'csv', '--out', '-'], 'at,journey_id,visit_index'],
  ])('%j takes its URL and does not show the password', async (words, text) => {
    const env = { TURNSPAN_JOURNAL: server.url };

    const { code, stdout, stderr } = await run(words, { env });

    expect(code).toBe(0);
    expect(stdout).toContain(text);
    expect(stdout + stderr).not.toContain(new URL(server.url).password || 'no password');
  });

  it.each([['csv'], ['jsonl'], ['xes']])('exports %s as a file would', async (format) => {
    const words = ['journal', 'export', '--out', '-', '--format', format];
    const file = await writeVisits(newFolder());

    const ran = await run([...words, '--journal', server.url]);

    expect(ran).toEqual(await run([...words, '--journal', file]));
  });
});

it('a server that is not there is told of without the password', async () => {
  const journal = 'postgres://me:hidden@127.0.0.1:1/bot?password=hidden';

  const { code, stderr } = await run(['quality', 'now', '--journal', journal]);

  expect(code).toBe(1);
  expect(stderr).not.toContain('hidden');
});
