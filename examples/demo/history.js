'use strict';
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { requireOfTurnspan } = require('./require-of-turnspan');

const { createSqliteJournal } = requireOfTurnspan('@turnspan/store-sqlite');

/**
 * A journal that both processes of the demo tell what happens, and that is gone with the demo. It
 * has one writer: two would wait for each other, and virtual time does not.
 */
function createHistory(clock) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-demo-'));
  const file = join(folder, 'journal.sqlite');
  const facts = new Map();
  const onError = (error) => process.stderr.write(`The history is not whole: ${error.message}\n`);
  const journal = createSqliteJournal({ file, clock, onError, maxQueued: 1_000_000 });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return {
    file,
    observe(event) {
      journal.observe(event);
      if (event.kind !== 'quality_changed') return;
      const { subject, attribute, key } = event.change;
      facts.set(JSON.stringify([subject.kind, subject.id, attribute, key]), event.change);
    },
    /** Somebody has looked: what is known was still so. */
    look: (observedAt) =>
      journal.observed([...facts.values()].map((fact) => ({ ...fact, observedAt }))),
    close: () => journal.close(),
  };
}

module.exports = { createHistory };
