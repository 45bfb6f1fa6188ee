'use strict';
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const fromStore = createRequire(join(__dirname, '..', '..', 'packages', 'store-sqlite', 'x'));
const LOCK_MS = 40;
/** Longer than the journal keeps records before it writes them, and then waits for a lock. */
const OUTAGE_MS = 1_500;

/** Holds the lock of a database that others want to write. */
function createLock(file) {
  const Database = fromStore('libsql');
  const database = new Database(file);
  let isHeld = false;
  let timer;
  let retry;
  const hold = () => {
    try {
      if (!isHeld) database.exec('begin immediate');
      isHeld = true;
    } catch {
      // Somebody writes just now; it is held the next time.
      clearTimeout(retry);
      retry = setTimeout(hold, 1);
    }
  };
  const release = () => {
    clearTimeout(retry);
    if (isHeld) database.exec('rollback');
    isHeld = false;
  };
  const holdFor = () => {
    hold();
    timer = setTimeout(release, OUTAGE_MS);
  };
  const alternate = () => {
    timer = setInterval(() => (isHeld ? release() : hold()), LOCK_MS);
  };
  const close = () => {
    clearTimeout(timer);
    clearTimeout(retry);
    release();
    database.close();
  };
  return { hold, holdFor, alternate, close };
}

/** How the file of a journal fails, and what happens to it in which phase of the trial. */
const KINDS = {
  throwing: { spoil: (file) => mkdirSync(file) },
  hanging: { lock: { before: 'hold' } },
  slow: { uncounted: 'what waits is written soon enough', lock: { before: 'alternate' } },
  garbage: { harm: { before: writeGarbage } },
  deleted: { harm: { before: (file) => rmSync(file) } },
  'gone and back': { lock: { during: 'holdFor' } },
};

const journalFaults = Object.entries(KINDS).map(([kind, plan]) => ({
  part: 'journal',
  kind,
  uncounted: plan.uncounted,
  settleMs: 2 * OUTAGE_MS,
  prepare: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnspan-prove-'));
    const file = join(folder, 'journal.db');
    plan.spoil?.(file);
    let lock;
    let phase = 'starting';
    const enterPhase = (next) => {
      if (next === phase) return;
      phase = next;
      if (plan.lock) lock ??= createLock(file);
      lock?.[plan.lock[phase] ?? 'valueOf']?.();
      plan.harm?.[phase]?.(file);
    };
    const close = async () => {
      lock?.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { options: { journal: { file }, sweepIntervalMs: 200 }, enterPhase, close };
  },
}));

/** As when something else writes to the same place. */
function writeGarbage(file) {
  const garbage = Buffer.alloc(64 * 1024, 'garbage ');
  for (const each of [file, `${file}-wal`]) writeFileSync(each, garbage);
}

module.exports = { journalFaults };
