import { type Browser, chromium } from 'playwright-core';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser that asks nobody for anything. */
export function launchChromium(binary: string): Promise<Browser> {
  return chromium.launch({ executablePath: binary, args: ARGUMENTS });
}
