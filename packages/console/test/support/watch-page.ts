import type { Page } from 'playwright-core';

/** A script for the page: notes when the sentence about the worst step was painted, measured from the start of the navigation. */
export const WATCH_HEADLINE = `
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.headline .sentence')) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.headlineAt ??= performance.now(); });
  }).observe(document, { childList: true, subtree: true });
`;

/** Notes what goes to the console as an error, and what is asked of another host. */
export function noteTroubles(page: Page, url: string, troubles: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    const isLocal = request.url().startsWith(url) || /^(?:data|blob|about):/.test(request.url());
    if (!isLocal) troubles.push(request.url());
  });
}
