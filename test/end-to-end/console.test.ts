import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { launchChromium } from '../../packages/console/test/support/chromium';
import { noteTroubles, WATCH_HEADLINE } from '../../packages/console/test/support/watch-page';
import { describeWith } from '../support/servers/binary';
import { waitFor } from '../support/servers/process';
import { ROOT } from '../support/workspace';
import { type Child, startNode } from './support/child';

jest.setTimeout(60_000);

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

describeWith('chromium', (binary) => {
  let demo: Child;
  let browser: Browser;
  let page: Page;
  let link: string;
  const troubles: string[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'packages', 'console', 'build.js')]);
    demo = startNode(['examples/demo/index.js', '--port', '0', '--customers', '900']);
    browser = await launchChromium(binary);
    [, link = ''] = await demo.waitFor(/^Console: (\S+)$/m);
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    await page.addInitScript(WATCH_HEADLINE);
    noteTroubles(page, new URL(link).origin, troubles);
    await page.goto(link);
  }, 600_000);
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  const follow = async (hash: string) => {
    await page.goto(link.replace(/#.*/, hash));
  };

  it('opens with the question that somebody spoiled', async () => {
    const sentence = page.locator('.headline .sentence');

    await sentence.waitFor();

    expect(await sentence.textContent()).toContain('door_code');
    expect(troubles).toEqual([]);
  });

  it('has its words and its numbers on a card', async () => {
    await page.getByRole('link', { name: /^Mend first door_code/ }).click();
    const card = page.getByRole('complementary', { name: 'door_code' });
    await card.locator('.rates').waitFor();

    expect(await card.locator('blockquote').textContent()).toContain('door code');
    expect(await card.locator('.rates').textContent()).toContain('Drop-off');
    expect(troubles).toEqual([]);
  });

  it('names it first in the investigation of the day the rating turned red', async () => {
    await follow('#/investigations');
    await page.getByRole('link', { name: 'rating went from yellow to red' }).first().click();
    const suspect = page.locator('.suspect').first();
    await suspect.waitFor();

    expect(await suspect.locator('h3').textContent()).toContain('door_code');
    expect(await suspect.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  it('shows something useful within a second', async () => {
    await page.goto(link);
    const paintedMs: number[] = [];
    for (let visit = 0; visit < 5; visit += 1) {
      await page.reload();
      paintedMs.push(await waitFor(() => page.evaluate<number>('window.headlineAt')));
    }

    // Whatever else the machine does at the time makes a visit longer, and nothing makes it shorter.
    expect(Math.min(...paintedMs)).toBeLessThan(1000);
  });
});
