import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { QualityChange } from '@turnspan/core';
import type { Answer, Investigation, SeriesMovement, Suspect } from '@turnspan/insights';
import { parseKept, toInvestigationRow, toKept } from '../src/investigations/kept';
import { isForTheWorse, toOccasion } from '../src/investigations/occasion';
import { post } from '../src/investigations/post';

const AT = 1_795_000_000_000;
const CHANGE: QualityChange = {
  subject: { kind: 'phone', id: '106540352242922', name: 'Pizza Pronto' },
  attribute: 'rating',
  from: 'GREEN',
  value: 'YELLOW',
  at: AT,
  observedAt: AT,
  source: 'webhook',
};

it.each<readonly [boolean, string, Partial<QualityChange>]>([
  [true, 'a rating that falls', {}],
  [true, 'a rating that falls further', { from: 'YELLOW', value: 'RED' }],
  [true, 'a bad rating that a webhook tells first', { from: undefined }],
  [false, 'a bad rating that a poll finds first', { from: undefined, source: 'poll' }],
  [false, 'a good rating that a webhook tells first', { from: undefined, value: 'GREEN' }],
  [false, 'a rating that rises', { from: 'RED' }],
  [true, 'a status that a webhook tells first', told('status', 'FLAGGED')],
  [false, 'a good status that a webhook tells first', told('status', 'CONNECTED')],
  [true, 'a limit that falls', { ...told('messaging_limit', '250'), from: '1000' }],
  [false, 'a limit that a webhook tells first', told('messaging_limit', '250')],
])('%s: %s', (expected, _name, change) => {
  expect(isForTheWorse({ ...CHANGE, ...change })).toBe(expected);
});

it('what was found out comes back from the journal as it was', () => {
  const occasion = toOccasion(CHANGE);
  const kept = toKept(occasion, createAnswer(3));

  const row = toInvestigationRow(occasion, kept);

  expect(row).toMatchObject({ id: occasion.id, from: 'GREEN', to: 'YELLOW' });
  expect(parseKept(row)).toEqual(kept);
});

it('an investigation is never larger than the journal takes, and the gravest suspects stay', () => {
  const occasion = toOccasion(CHANGE);
  const kept = toKept(occasion, createAnswer(2000));

  const row = toInvestigationRow(occasion, kept);

  const { answer, suspects } = parseKept(row) ?? {};
  expect(Buffer.byteLength(row.document)).toBeLessThanOrEqual(200_000);
  expect(suspects).toBe(2000);
  expect(answer).toMatchObject({ kind: 'found', value: { suspects: expect.any(Array) } });
  expect(answer?.kind === 'found' && answer.value.suspects[0]?.score).toBe(2000);
});

it.each(['', 'null', '{}', '{"trigger":'])(
  'what is no investigation is left out: %j',
  (document) => {
    const row = toInvestigationRow(toOccasion(CHANGE), toKept(toOccasion(CHANGE), createAnswer(1)));

    expect(parseKept({ ...row, document })).toBeUndefined();
  },
);

it('whoever does not answer in time is given up', async () => {
  const server = createServer(() => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;

  const posting = post(url, '{}', { signal: new AbortController().signal, deadlineMs: 20 });

  await expect(posting).rejects.toMatchObject({
    code: 'INVESTIGATION_UNSENT',
    message: expect.stringContaining('no answer in 20 ms'),
  });
  await expect(posting).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  server.close().closeAllConnections();
});

function told(attribute: QualityChange['attribute'], value: string): Partial<QualityChange> {
  return { attribute, value, from: undefined };
}

function createAnswer(size: number): Answer<Investigation> {
  const suspects = Array.from({ length: size }, (_, index) => createSuspect(size - index));
  const movements = suspects.slice(0, 60).flatMap(({ evidence }) => evidence);
  return { kind: 'found', value: { at: AT, suspects, movements } };
}

function createSuspect(score: number): Suspect {
  const subject = { kind: 'node', flow: 'order', node: `${'n'.repeat(100)} ${score}` } as const;
  const movement: SeriesMovement = {
    ...{ subject, measure: 'drop_off', windowDays: 7, total: 100, q: 0.01, p: 0.01 },
    ...{ observed: 20, expected: 10, ratio: 2, excess: 10, atLeast: 5 },
    ...{ standardError: 2, t: 5, degrees: 20 },
  };
  return { subject, score, evidence: [{ ...movement, peopleAtLeast: 5 }], volume: undefined };
}
