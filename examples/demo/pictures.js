'use strict';
// Takes the pictures of the guide "Find the step to fix" from the console of the demo. It needs Chromium:
// node examples/demo/pictures.js [link to the console of a demo that runs]
const { spawn } = require('node:child_process');
const { createRequire } = require('node:module');
const { join } = require('node:path');

/** The browser's driver is there for the tests of the console. */
const { chromium } = createRequire(join(__dirname, '../../packages/console/package.json'))(
  'playwright-core',
);

const FOLDER = join(__dirname, '../../docs/images');
const SIZE = { width: 1440, height: 900 };

/** What is taken, by the name of its picture: where it is, what to do there, what to wait for. */
const VIEWS = {
  'console-map': { hash: '#/journey/address', wait: '.headline .sentence' },
  'console-card': { hash: '#/journey/address/door_code', wait: '.rates' },
  'console-investigations': { hash: '#/investigations', wait: '.cards' },
  'console-investigation': { hash: '#/investigations', click: 'yellow to red', wait: '.suspect' },
};

/** Starts the demo and gives its link to the console, once it has one. */
async function startDemo() {
  const demo = spawn(process.execPath, [join(__dirname, 'index.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of demo.stdout) {
    output += chunk;
    const [, link] = /^Console: (\S+)\n/m.exec(output) ?? [];
    if (link) return { link, stop: () => demo.kill() };
  }
  throw new Error(`The demo ended without a link to its console:\n${output}`);
}

async function takePictures(page, link) {
  const [address, period] = [new URL(link).origin, /period=[\d.-]+/.exec(link)?.[0]];
  await page.goto(link);
  for (const [name, { hash, click, wait }] of Object.entries(VIEWS)) {
    await page.goto(`${address}/${hash}?${period}`);
    if (click) await page.getByRole('link', { name: click }).first().click();
    await page.locator(wait).first().waitFor();
    await page.locator('.loading, [aria-busy=true]').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
  }
}

async function main([, , running]) {
  const demo = running ? { link: running, stop: () => {} } : await startDemo();
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC', viewport: SIZE });
    await takePictures(page, demo.link);
  } finally {
    await browser.close();
    demo.stop();
  }
}

main(process.argv).catch((error) => {
  console.error(error);
  process.exit(1);
});
