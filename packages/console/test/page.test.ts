import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeWith } from '../../../test/support/servers/binary';
import { waitFor } from '../../../test/support/servers/process';
import { launchChromium } from './support/chromium';
import { buildPage, type PageFiles } from './support/page-files';
import { type StartedConsole, startConsole, TOKEN } from './support/start-console';
import { noteTroubles, WATCH_HEADLINE } from './support/watch-page';

jest.setTimeout(60_000);

const PICTURES = join(__dirname, '..', '..', '..', 'dist', 'console');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = {
  journey: '#/',
  card: '#/journey/order/door_code',
  table: '#/journey/order?display=table',
  little: `#/journey/${encodeURIComponent('catering <b>new</b>')}`,
  investigations: '#/investigations',
  investigation: '#/investigations/red',
  unclear: '#/investigations/early',
  experiments: '#/experiments',
} as const;

describeWith('chromium', (binary) => {
  let files: PageFiles;
  let started: StartedConsole;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    files = buildPage();
    mkdirSync(PICTURES, { recursive: true });
    [started, browser] = await Promise.all([
      startConsole({ assets: files.folder }),
      launchChromium(binary),
    ]);
    page = await browser.newPage({ locale: 'en-GB' });
    noteTroubles(page, started.url, troubles);
    await page.addInitScript(WATCH_HEADLINE);
  });
  afterEach(async () => {
    await page.evaluate('localStorage.clear()');
    await page.unrouteAll();
  });
  afterAll(async () => {
    await browser.close();
    await started.close();
    files.remove();
  });

  const open = async (hash: string, { width = 1440, theme = 'light' }: Looks = {}) => {
    await page.context().addCookies([await logIn(started.url)]);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    troubles.length = 0;
    await visit(page, started.url, hash);
    await settle(page);
  };
  const openAsStranger = async (hash: string) => {
    await page.context().clearCookies();
    await visit(page, started.url, hash);
  };

  it('opens with the worst node in a sentence and marked on the map', async () => {
    await open('#/');

    const sentence = await page.locator('.headline .sentence').textContent();
    const marked = page.getByRole('link', { name: /^Mend first door_code/ });

    expect(plain(sentence)).toMatch(
      /^66 % of the people who reach ‘door_code’ leave there \(6\d–7\d %\)\.$/,
    );
    expect(plain(await marked.getAttribute('aria-description'))).toMatch(
      /^door_code: 430 people, drop-off 66 % \(6\d–7\d %\), trouble: severe$/,
    );
    expect(troubles).toEqual([]);
  });

  it('opens the card of the worst node', async () => {
    await open('#/');

    await page.getByRole('link', { name: /^Mend first door_code/ }).click();
    const card = page.getByRole('complementary', { name: 'door_code' });
    await card.locator('.rates').waitFor();

    expect(await card.locator('blockquote').textContent()).toContain('ZZ-CCCC-S');
    expect(plain(await card.locator('.rates').textContent())).toMatch(
      /Drop-off\s*66 % \(6\d–7\d %\)/,
    );
    expect(await card.locator('.chart').getAttribute('aria-label')).toContain('Time to reply');
    expect(page.url()).toContain('#/journey/order/door_code');
    expect(troubles).toEqual([]);
  });

  it('speaks Spanish, and says so to those who listen', async () => {
    await open('#/');

    await page.getByLabel('Language').selectOption('es');
    const sentence = await page.locator('.headline .sentence').textContent();

    expect(plain(sentence)).toContain('de las personas que llegan a «door_code» abandona ahí');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await page.getByRole('link', { name: 'Investigaciones' }).count()).toBe(1);
    expect(page.url()).toContain('language=es');
  });

  it('changes its looks, and looks so the next time', async () => {
    await open('#/');
    const ground = () =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const before = await ground();

    await page.getByLabel('Theme').selectOption('dark');
    const after = await ground();
    await page.reload();
    await page.locator('.headline').waitFor();

    expect(after).not.toBe(before);
    expect(await ground()).toBe(after);
  });

  it('shows what a link holds', async () => {
    await open('#/journey/feedback/comment?period=30d&language=es');

    await page.getByRole('complementary', { name: 'comment' }).locator('blockquote').waitFor();

    expect(await page.locator('.flow-name').inputValue()).toBe('feedback');
    expect(await page.getByLabel('Periodo').inputValue()).toBe('30d');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });

  it('keeps the link while somebody logs in', async () => {
    await openAsStranger(VIEWS.investigation);

    await page.getByLabel('Access token').fill(TOKEN);
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: /rating went from yellow to red/ });
    await heading.waitFor();

    expect(page.url()).toBe(`${started.url}${VIEWS.investigation}`);
  });

  it('can be walked through with the keyboard alone', async () => {
    await open('#/');
    const focused = () => page.evaluate(FOCUSED);

    await page.keyboard.press('Tab');
    const first = await focused();
    await page.keyboard.press('Enter');
    const content = await page.evaluate('document.activeElement?.id');
    await tabTo(page, 'door_code');
    await page.keyboard.press('ArrowLeft');
    const left = await focused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const card = page.getByRole('complementary', { name: 'door_code' });
    await card.locator('.rates').waitFor();
    const inCard = await page.evaluate("document.activeElement?.closest('aside') !== null");
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await waitFor(async () => (await focused()) === 'door_code');

    expect(first).toBe('Skip to the content');
    expect(content).toBe('content');
    expect(left).toBe('street');
    expect(inCard).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('finds flows and steps, also by what the bot says there', async () => {
    await open('#/');

    await page.keyboard.press('/');
    await page.keyboard.type('what could we');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'comment' }).waitFor();

    expect(page.url()).toContain('#/journey/feedback/comment');
  });

  it('shows journal text that contains HTML as text', async () => {
    await open('#/journey/coupon/code');

    const quote = page.locator('.card blockquote');
    await quote.waitFor();

    expect(await quote.textContent()).toContain('<img src=x onerror="alert(1)">');
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('says that there is not enough data instead of a number', async () => {
    await open(VIEWS.little);

    const said = await page.locator('.too-little').first().textContent();
    await page.locator('.node.unknown').first().waitFor();

    expect(said).toContain('Not enough data');
  });

  it('leads from the timeline to the investigation and from it to the step as it was', async () => {
    await open('#/');

    await page.locator('.mark.investigation a').last().click();
    await page.getByRole('heading', { name: /rating went from yellow to red/ }).waitFor();
    const suspect = await page.locator('.suspect h3').first().textContent();
    await page.getByRole('link', { name: 'Open the step as it was' }).first().click();
    await page.getByRole('complementary', { name: 'door_code' }).waitFor();

    expect(suspect).toBe('order / door_code');
    expect(page.url()).toMatch(/period=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
  });

  it.each([
    ['Save as PNG', 0, 'turnspan-order.png', [0x89, 0x50, 0x4e, 0x47]],
    ['Save as PNG', 1, 'turnspan-quality.png', [0x89, 0x50, 0x4e, 0x47]],
    ['Save as CSV', 0, 'turnspan-order.csv', [0xef, 0xbb, 0xbf]],
    ['Save as CSV', 1, 'turnspan-quality.csv', [0xef, 0xbb, 0xbf]],
  ] as const)('gives away %s (%d) as %s', async (...[button, index, name, beginning]) => {
    await open('#/');
    await page.locator('.series').last().waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).nth(index).click();
    const file = await download;
    const kept = join(PICTURES, name);
    await file.saveAs(kept);

    expect(file.suggestedFilename()).toBe(name);
    expect([...readFileSync(kept).subarray(0, beginning.length)]).toEqual([...beginning]);
    expect(troubles).toEqual([]);
  });

  it.each([360, 768, 1440, 2560])('fits a screen of %d pixels', async (width) => {
    await open('#/', { width });

    const widths: unknown[] = [];
    for (const hash of Object.values(VIEWS)) {
      await page.goto(`${started.url}${hash}`);
      await settle(page);
      widths.push(await page.evaluate('document.documentElement.scrollWidth'));
    }

    expect(widths).toEqual(Object.values(VIEWS).map(() => width));
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe calls serious in any view, %s',
    async (theme) => {
      await open('#/', { theme });

      const issues: string[] = [];
      for (const [name, hash] of Object.entries(VIEWS)) {
        await page.goto(`${started.url}${hash}`);
        await settle(page);
        issues.push(...(await findIssues(page)).map((issue) => `${name}: ${issue}`));
        await page.screenshot({ path: join(PICTURES, `${name}-${theme}.png`), fullPage: true });
      }

      expect(issues).toEqual([]);
      expect(troubles).toEqual([]);
    },
    // Every view, one after the other.
    180_000,
  );

  it('asks for the token in a way that axe has nothing against', async () => {
    await openAsStranger('#/');

    expect(await findIssues(page)).toEqual([]);
  });

  it('shows something useful within a second', async () => {
    await open('#/');

    const paintedMs: number[] = [];
    for (let visit = 0; visit < 5; visit += 1) {
      await page.reload();
      paintedMs.push(await waitFor(() => page.evaluate<number>('window.headlineAt')));
    }

    // Whatever else the machine does at the time makes a visit longer, and nothing makes it shorter.
    expect(Math.min(...paintedMs)).toBeLessThan(1000);
  });

  it('shows what to do about an experiment, by how much variants differ, and what is paused', async () => {
    await open('#/experiments');

    const [first, ...others] = await page.locator('.experiment').all();
    const [head, rows, marks] = await Promise.all([
      first?.locator('.experiment-state, .sentence').allTextContents(),
      first?.locator('.difference-words').allTextContents(),
      first?.locator('.check-state').allTextContents(),
    ]);
    const states = await page.locator('.experiment-state').allTextContents();

    expect(head).toEqual(['running, a variant is paused', 'Ship ‘in_steps’']);
    expect(rows?.map(plain)).toEqual([
      expect.stringMatching(/^\+27\.1 \(\+\S+ – \+\S+\)$/),
      expect.stringMatching(/^−9\.55 \(−\S+ – \+\S+\)$/),
    ]);
    expect(marks).toEqual(['yes', 'yes', 'yes', 'yes', 'yes']);
    expect(await first?.locator('.tag.paused').textContent()).toBe('paused');
    expect(others).toHaveLength(3);
    expect(states.slice(1)).toEqual(['running', 'stopped', 'not declared']);
  });

  it('says why an experiment is not to be believed, and has no verdict where nobody declares one', async () => {
    await open('#/experiments');

    const broken = page.locator('.experiment.invalid');
    const old = page.locator('.experiment').last();

    expect(await broken.locator('.check.wrong').textContent()).toMatch(/^no.*weights.*p = /);
    expect(await old.locator('h2').textContent()).toBe('old <b>one</b> (spring)');
    expect(await old.locator('.too-little').textContent()).toContain('there is no verdict');
  });

  it('links examples to traces, but to nothing that is no web address', async () => {
    await open('#/investigations/red');

    const links = page.locator('.traces a');

    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe('https://traces.example.com/search?q=5f1c7e40a9');
    expect(await page.locator('.traces code').allTextContents()).toEqual([
      '5f1c7e40a9',
      '88ab01d2f3',
    ]);
  });

  it('shows the rating also where nobody has walked through a flow', async () => {
    await open('#/experiments');
    await page.route('**/data/flows?*', (route) => route.fulfill({ body: '{"flows":[]}' }));

    await page.goto(`${started.url}#/`);
    await page.locator('.track').first().waitFor();

    expect(await page.locator('.too-little').first().textContent()).toContain('Nobody has walked');
    expect(troubles).toEqual([]);
  });

  it('says what failed, and tries again', async () => {
    await open('#/');
    await page.route('**/data/experiments', (route) =>
      route.fulfill({ status: 500, body: '{"error":"This could not be read."}' }),
    );

    await page.goto(`${started.url}#/experiments`);
    const alert = await page.getByRole('alert').textContent();
    await page.unroute('**/data/experiments');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.experiment').first().waitFor();

    expect(alert).toContain('This could not be read.');
  });
});

interface Looks {
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

const FOCUSED = `document.activeElement?.dataset.node ?? document.activeElement?.textContent`;
/** Between two addresses that differ behind the `#` alone a browser loads nothing. */
async function visit(page: Page, url: string, hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}${hash}`);
}

async function logIn(url: string) {
  const response = await fetch(`${url}login`, {
    method: 'POST',
    body: new URLSearchParams({ token: TOKEN }),
    redirect: 'manual',
  });
  const [name = '', value = ''] = (response.headers.get('set-cookie') ?? '').split(/[=;]/);
  return { name, value, url };
}

/** Waits until nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.locator('main h1, main h2, main .panel, main .too-little').first().waitFor();
  await waitFor(async () => (await page.locator('.loading, [aria-busy=true]').count()) === 0);
}

async function tabTo(page: Page, node: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(FOCUSED)) === node) return;
  }
  throw new Error(`Forty presses of the tab key do not lead to ${node}.`);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

async function findIssues(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations: readonly Violation[] = await page.evaluate(
    'axe.run(document).then(({ violations }) => violations)',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Numbers are kept together by spaces that do not break. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll('\u00a0', ' ');
}
