import { START } from './journal-contract/events';
import { EXPOSURE_CASES } from './journal-contract/exposure-cases';
import { HOURS_CASES } from './journal-contract/hours-cases';
import { INVESTIGATION_CASES } from './journal-contract/investigation-cases';
import { LEASE_CASES } from './journal-contract/lease-cases';
import { QUALITY_CASES, QUEUE_CASES } from './journal-contract/quality-cases';
import { ROLL_UP_CASES } from './journal-contract/roll-up-cases';
import { ROW_CASES } from './journal-contract/row-cases';
import { SUM_CASES } from './journal-contract/sum-cases';
import type { ContractJournal, JournalContractSetup, JournalPlace } from './journal-contract/types';

const CASES = [
  ...[...ROW_CASES, ...SUM_CASES, ...ROLL_UP_CASES, ...HOURS_CASES],
  ...[...QUALITY_CASES, ...QUEUE_CASES, ...LEASE_CASES, ...INVESTIGATION_CASES],
  ...EXPOSURE_CASES,
];

/** What the contract needs to know of a journal. */
export interface JournalContractOptions {
  /** Makes a place whose journal holds nothing yet. */
  readonly openJournal: (setup: JournalContractSetup) => JournalPlace | Promise<JournalPlace>;
}

/** A case of the contract: its name, and what runs it and rejects where the journal breaks it. */
export type JournalContractCase = readonly [name: string, run: () => Promise<void>];

/**
 * The contract of every journal, as cases that any test runner can run.
 *
 * @example
 * it.each(describeJournal({ openJournal }))('%s', (_name, run) => run());
 */
export function describeJournal({
  openJournal,
}: JournalContractOptions): readonly JournalContractCase[] {
  return CASES.map(([name, hold]) => [
    name,
    async () => {
      let time = START;
      const errors: string[] = [];
      const opened: ContractJournal[] = [];
      const place = await openJournal(toSetup(() => time, errors));
      const open = () => {
        const journal = place.open();
        opened.push(journal);
        return journal;
      };
      const pass = async (ms: number) => {
        time += ms;
        await place.ageLeases?.(ms);
      };
      try {
        await hold({ open, pass, errors, readRows: (table) => place.readRows(table) });
      } finally {
        for (const journal of opened) await journal.close();
        await place.remove();
      }
    },
  ]);
}

function toSetup(now: () => number, errors: string[]): JournalContractSetup {
  return {
    clock: { now, tick: now },
    onError: (error) => {
      errors.push(error instanceof Error ? error.message : String(error));
    },
    startTimer: () => () => {},
    maxQueued: 2000,
    retentionDays: 1,
    rollupRetentionDays: 10,
  };
}
