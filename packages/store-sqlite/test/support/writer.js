/**
 * A process that writes visits: `writer.js <file> <driver> <name> <count> <ending>`. Endings are
 * `close`, `exit` (by itself, nothing closed), `hang` (flushes, tells, queues as many, stays) and a
 * number (after so many milliseconds of writing, with the code 7).
 */
const { createJournalWith } = require('../../src/create-sqlite-journal.ts');
const { findDrivers } = require('../../src/drivers.ts');
const { changed, createJourney, createVisit, settled, T0 } = require('./events.ts');

const [file, driver, name, count, ending] = process.argv.slice(2);

async function main() {
  const journal = createJournalWith(findDrivers().get(driver), {
    file,
    flushIntervalMs: ending === 'hang' ? 3_600_000 : 5,
    onError: () => undefined,
  });
  if (Number(ending) > 0) return endWhileWriting(journal);
  await write(journal, 0);
  if (ending === 'close') await journal.close();
  if (ending !== 'hang') return finish(journal);
  await journal.flush();
  await write(journal, Number(count));
  process.send(journal.queued);
  setInterval(() => undefined, 1000);
}

async function write(journal, from) {
  const journey = createJourney({ id: name });
  for (let index = from; index < from + Number(count); index += 1) {
    journal.observe(settled({ visit: createVisit({ journey, index }) }));
    if (index % 50 === 0) journal.observe(changed({ value: `${name} ${index}`, at: T0 + index }));
    if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function endWhileWriting(journal) {
  journal.observe(settled());
  await journal.flush();
  setTimeout(() => process.exit(7), Number(ending));
  await write(journal, 0);
}

function finish(journal) {
  process.send({ queued: journal.queued, dropped: journal.dropped }, () => process.disconnect());
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
