/**
 * A process that uses a store: `store-process.js <file> <driver> <count>`. It waits and claims each
 * of `count` ids, or without a count waits and claims for ever, and tells of each id what it got.
 */
const { createStoreWith } = require('../../src/create-sqlite-store.ts');
const { findDrivers } = require('../../src/drivers.ts');
const { createWaiting } = require('./store.ts');

const [file, driver, count = 'Infinity'] = process.argv.slice(2);

async function main() {
  const store = createStoreWith(findDrivers().get(driver), { file });
  const isEndless = count === 'Infinity';
  for (let index = 0; index < Number(count); index += 1) {
    const waiting = createWaiting(String(index));
    await retry(() => store.wait(waiting));
    // Without an end, every other one stays on the list.
    const isLeft = isEndless && index % 2 === 0;
    const claimed = !isLeft && (await retry(() => store.claim(waiting.id, 'answered'))).claimed;
    process.send({ index, claimed });
    if (index % 10 === 0) await new Promise(setImmediate);
  }
  store.close();
  process.disconnect();
}

/** As core's waiting list does. */
async function retry(run) {
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (error.code !== 'STORE_UNAVAILABLE') throw error;
      await new Promise(setImmediate);
    }
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
