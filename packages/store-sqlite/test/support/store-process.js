/**
 * A process that uses a store: `store-process.js <file> <driver> <count> <ending>`. It waits and claims each
 * of `count` ids, or without a count waits and claims for ever, and tells of each id what it got. It
 * begins when it is told to, and closes the store unless the ending is `exit`.
 */
const { once } = require('node:events');
const { createStoreWith } = require('../../src/create-sqlite-store.ts');
const { findDrivers } = require('../../src/drivers.ts');
const { createWaiting } = require('./store.ts');

const [file, driver, count = 'Infinity', ending = 'close'] = process.argv.slice(2);

async function main() {
  const store = createStoreWith(findDrivers().get(driver), { file });
  process.send('ready');
  await once(process, 'message');
  const isEndless = count === 'Infinity';
  for (let index = 0; index < Number(count); index += 1) {
    const waiting = createWaiting(String(index));
    const waits = [await retry(() => store.wait(waiting))];
    // Without an end, every other one stays on the list.
    const isLeft = isEndless && index % 2 === 0;
    if (!isLeft) waits.push(await retry(() => store.claim(waiting.id, 'answered')));
    const claimed = waits[1]?.answer.claimed ?? false;
    process.send({ index, claimed, waited: waits.some((each) => each.waited) });
    if (index % 10 === 0) await new Promise(setImmediate);
  }
  if (ending === 'close') store.close();
  process.disconnect();
}

/** As core's waiting list does; on a busy machine a disk can take longer than a store waits. */
async function retry(run) {
  for (;;) {
    const asked = run();
    try {
      return { answer: await asked, waited: asked instanceof Promise };
    } catch (error) {
      if (error.code !== 'STORE_UNAVAILABLE') throw error;
    }
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
