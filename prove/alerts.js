'use strict';
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const TEST = 'packages/grafana/test/alerts-on-traffic.test.ts';
/** So many seconds an hour of the bots lasts: a busy machine keeps up with them too. */
const HOUR_SECONDS = { short: 10, long: 20 };

const summary = 'plays incidents to a real Prometheus and Alertmanager, slower than the tests do';

/** Runs the script of the tests in slower time; every expectation of theirs has to hold. */
async function run({ short, report }) {
  const seconds = short ? HOUR_SECONDS.short : HOUR_SECONDS.long;
  report.figure('hour_of_the_bots', seconds, 's');
  const { testResults } = await play({ CI: 'true', HOUR_SECONDS: String(seconds) });
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { message } of testResults.filter((each) => each.assertionResults.length === 0)) {
    report.holds(false, message);
  }
  const held = results.filter(({ status }) => status === 'passed');
  report.figure('expectations', results.length, 'checks');
  report.figure('expectations_held', held.length, 'checks');
  report.holds(held.length > 0, 'Nothing was expected of the alerts.');
  for (const { title, status } of results) {
    report.holds(status === 'passed', `Of the alerts it does not hold that it ${title}.`);
  }
}

/** Gives what Jest prints as JSON. */
function play(environment) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [JEST, '--ci', '--json', '--runInBand', TEST], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', () => {
      try {
        resolve(JSON.parse(output));
      } catch (error) {
        reject(new Error(`Jest gave no result: ${output.slice(0, 500)}`, { cause: error }));
      }
    });
  });
}

module.exports = { summary, run };
