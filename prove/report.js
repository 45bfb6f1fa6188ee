'use strict';

/** Takes the figures of a proof and what did not hold, and prints them as they come. */
function createReport(name, { short, json }) {
  const figures = [];
  const broken = [];
  const isLive = process.stderr.isTTY === true;
  const clearLine = () => {
    if (isLive) process.stderr.write('\r\x1b[K');
  };
  const say = (text) => {
    clearLine();
    if (!json) console.log(text);
  };
  return {
    /** A number that was measured. */
    figure(figure, value, unit) {
      const rounded = round(value);
      figures.push({ name: figure, value: rounded, unit });
      say(`${figure} ${rounded} ${unit}`);
    },
    /** What is worth reading beside the figures. */
    say,
    /** What has to be true; the sentence says what is not. */
    holds(isTrue, sentence) {
      if (isTrue) return;
      broken.push(sentence);
      clearLine();
      if (!json) process.stderr.write(`DOES NOT HOLD: ${sentence}\n`);
    },
    /** Holds checks of a ledger, names the first that are wrong, and says whether none is. */
    ledger(what, checks) {
      const wrong = checks.filter(({ right }) => !right);
      this.figure(`${what}_ledger_checks`, checks.length, 'series');
      this.figure(`${what}_ledger_wrong`, wrong.length, 'series');
      this.holds(checks.length > 0, `${what}: nothing was held against the ledger.`);
      for (const { series, expected, actual } of wrong.slice(0, 10)) {
        this.holds(
          false,
          `${what}: ${series} is ${actual ?? 'missing'}, the ledger says ${expected}.`,
        );
      }
      return wrong.length === 0;
    },
    /** Says on a terminal how far it is. */
    progress(text) {
      if (isLive) process.stderr.write(`\r\x1b[K${name}: ${text}`);
    },
    /** Runs the proof; what it throws does not hold either. */
    async attempt(run) {
      const from = performance.now();
      try {
        await run();
      } catch (error) {
        this.holds(false, error.stack);
      }
      this.figure('took', (performance.now() - from) / 1000, 's');
    },
    /** Ends the report and says whether everything held. */
    close() {
      clearLine();
      const holds = broken.length === 0;
      if (json)
        console.log(JSON.stringify({ proof: name, short, holds, figures, broken }, null, 2));
      return holds;
    },
  };
}

function round(value) {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

module.exports = { createReport };
