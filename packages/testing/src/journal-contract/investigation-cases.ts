import { deepEqual, equal, rejects } from 'node:assert/strict';
import { START } from './events';
import type { ContractInvestigation, JournalCase, JournalStage } from './types';

const DAY = 86_400_000;
const FIRST: ContractInvestigation = {
  id: 'phone.15550001111.rating.1',
  at: START,
  trigger: 'rating',
  subject: '15550001111',
  from: 'GREEN',
  to: 'RED',
  document: '{"suspects":[]}',
};
const SECOND: ContractInvestigation = { ...FIRST, id: 'second', at: START + 1, from: null };

/** What was found out about changes for the worse stays. */
export const INVESTIGATION_CASES: readonly JournalCase[] = [
  ['gives investigations back as they were kept, the latest first', givesBack],
  ['keeps one investigation of each id, whoever writes it', keepsOne],
  ['takes no investigation that is too large', takesNoneTooLarge],
  ['keeps investigations as long as the sums of hours', keepsAsSums],
];

async function givesBack({ open }: JournalStage): Promise<void> {
  const journal = open();

  await journal.keepInvestigation(FIRST);
  await journal.keepInvestigation(SECOND);

  deepEqual(await open().investigations(2), [SECOND, FIRST]);
  deepEqual(await journal.investigations(1), [SECOND]);
}

async function keepsOne({ open }: JournalStage): Promise<void> {
  const journals = [open(), open(), open()];

  const answers = await Promise.all(
    journals.map((journal, index) =>
      journal.keepInvestigation({ ...FIRST, document: `{"by":${index}}` }),
    ),
  );

  equal(answers.filter(Boolean).length, 1);
  const [kept] = await open().investigations(10);
  equal(kept?.document, `{"by":${answers.indexOf(true)}}`);
}

async function takesNoneTooLarge({ open }: JournalStage): Promise<void> {
  const journal = open();

  await rejects(journal.keepInvestigation({ ...FIRST, document: 'x'.repeat(200_001) }));

  deepEqual(await journal.investigations(10), []);
}

async function keepsAsSums({ open }: JournalStage): Promise<void> {
  const journal = open();
  await journal.keepInvestigation(FIRST);

  const early = [await journal.prune(START + 10 * DAY), await journal.investigations(10)];
  const late = [await journal.prune(START + 10 * DAY + 1), await journal.investigations(10)];

  deepEqual(
    [early, late],
    [
      [0, [FIRST]],
      [1, []],
    ],
  );
}
