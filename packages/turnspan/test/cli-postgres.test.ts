import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExperimentsDocument } from '@turnspan/console';
import { systemClock } from '@turnspan/core';
import { createPostgresJournal, createPostgresStore } from '@turnspan/store-postgres';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { NOW, type Ran, run } from './cli/run';
import { tellStory } from './cli/story';
import { tellStore, tellTrial, writeTrial } from './cli/trial';
import { bundlePage } from './support/console-files';

const TOKEN = 'a token of this test';
const folder = mkdtempSync(join(tmpdir(), 'turnspan-postgres-'));
const clock = { ...systemClock, now: () => NOW };

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let env: Readonly<Record<string, string>>;
  let file: Readonly<Record<string, string>>;

  beforeAll(async () => {
    bundlePage();
    server = await startPostgres({ binaries });
    const pool = new Pool(server.connection);
    const options = { pool, onError: fail, clock, maxQueued: 1e6 };
    await tellStory(createPostgresJournal(options));
    await tellTrial(createPostgresJournal(options));
    await tellStore(createPostgresStore({ pool, clock }).shared);
    await pool.end();
    const { journal, store } = await writeTrial(folder);
    await tellStory(createSqliteJournal({ file: journal, onError: fail, clock, maxQueued: 1e6 }));
    file = { TURNSPAN_JOURNAL: journal, TURNSPAN_STORE: store };
    env = { TURNSPAN_JOURNAL: server.url, TURNSPAN_STORE: server.url };
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells of a Postgres journal what it tells of a file', async () => {
    const commands = [
      ['report'],
      ['report', '--since', '30d', '--flow', 'order'],
      ['investigate'],
      ['investigate', '--list'],
      ['compare', 'v1', 'v2', '--flow', 'order'],
      ['compare', '2026-11-01..2026-11-12', '2026-11-14..2026-11-20'],
      ['experiment', 'list'],
      ['experiment', 'show', 'ask-door'],
    ];

    for (const words of commands) {
      const ran = await run(words, { env });

      expect([words, ran.code, ran.stderr]).toEqual([words, 0, '']);
      expect(toText(ran)).toBe(toText(await run(words, { env: file })));
    }
  }, 120_000);

  it.each([
    [['report', '--json']],
    [['investigate', '--json']],
    [['compare', 'v1', 'v2', '--flow', 'order', '--json']],
    [['experiment', 'show', 'ask-door', '--json']],
  ])('%j shows where the journal is, without the password', async (words) => {
    const { code, stdout, stderr } = await run(words, { env });

    const { host, pathname, password } = new URL(server.url);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ journal: `postgres://${host}${pathname}` });
    expect(stdout + stderr).not.toContain(password || 'no password');
  });

  it('serves the console from it, experiments and all', async () => {
    const answers: unknown[] = [];
    let stdout = '';
    const look = async () => {
      const [, url = ''] = /Console: (\S+)\?token=/.exec(stdout) ?? [];
      const headers = { authorization: `Bearer ${TOKEN}` };
      for (const name of ['investigations', 'experiments']) {
        answers.push(await (await fetch(`${url}data/${name}`, { headers })).json());
      }
    };

    const { code } = await run(['console', '--port', '0', '--token', TOKEN], {
      env,
      stdout: { write: (text) => (stdout += text) },
      untilStopped: look,
    });

    const [, { experiments }] = answers as [unknown, ExperimentsDocument];
    expect(code).toBe(0);
    expect(answers[0]).toMatchObject({ investigations: [{ suspect: { node: 'door_code' } }] });
    expect(experiments[0]).toMatchObject({ name: 'ask-door', state: 'paused' });
    expect(experiments[0]?.judgement?.verdict.kind).toBe('keep_running');
  });
});

/** Without what did not move, which is in any order: databases add fractions up in different ones. */
function toText({ stdout }: Ran): string {
  return stdout.split('What moved most clearly')[0] ?? '';
}

function fail(error: unknown): never {
  throw error;
}
