import type { ChannelSignal, Clock, QualityFact, QualitySubject } from '@turnspan/core';
import { createQuality, createWebhookHandler, type Quality, type QualityOptions } from '../src';
import { createManualClock, SECRET, serve, sign } from './harness';

/** Later than every recorded payload. */
export const NOW = 1_780_000_000_000;

export function createClockAt(now: number): Clock & { advance(ms: number): void } {
  const clock = createManualClock();
  clock.advance(now - clock.now());
  return clock;
}

/** A quality on its own, and all that it told, a line each. */
export function startQuality(options: Partial<QualityOptions> = {}) {
  const clock = createClockAt(NOW);
  const lines: string[] = [];
  const errors: unknown[] = [];
  const quality = createQuality({
    onSignal: (signal) => lines.push(toLine(signal)),
    onError: (error) => errors.push(error),
    clock,
    ...options,
  });
  return { quality, clock, lines, errors };
}

/** The same behind a signed webhook on loopback. */
export async function startWebhook(quality: Quality, lines: string[] = []) {
  const handle = createWebhookHandler({
    appSecret: SECRET,
    verifyToken: 'agreed',
    quality,
    clock: createClockAt(NOW),
    onSignal: (signal) => lines.push(toLine(signal)),
    onError: (error) => lines.push(`error ${error}`),
  });
  const { url, close } = await serve(handle);
  const post = async (body: string) => {
    const headers = { 'X-Hub-Signature-256': sign(body) };
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  };
  return { post, close };
}

export function toLine(signal: ChannelSignal): string {
  switch (signal.kind) {
    case 'change':
      return `change ${signal.field}`;
    case 'delivery':
      return `delivery ${signal.status}`;
    case 'webhook':
      return `webhook ${signal.field} ${signal.result}`;
    case 'quality_event':
      return `event ${toName(signal.subject)} ${signal.event} at ${signal.at / 1000}`;
    case 'quality_changed':
      return toFactLine(signal.change);
    case 'preference':
      return `preference ${signal.line} ${signal.userId} ${signal.value} at ${signal.at / 1000}`;
  }
}

export function toFactLine({ subject, attribute, key, ...fact }: QualityFact): string {
  return [
    toName(subject),
    key === undefined ? attribute : `${attribute}.${key}`,
    fact.value,
    `at ${fact.at / 1000}`,
    ...(fact.until === undefined ? [] : [`until ${fact.until / 1000}`]),
    ...(fact.reason === undefined ? [] : [`because ${fact.reason}`]),
  ].join(' ');
}

function toName({ kind, id, name, language }: QualitySubject): string {
  const names = [name, language].filter((text) => text !== undefined);
  return [kind, id, ...(names.length > 0 ? [`(${names.join(', ')})`] : [])].join(' ');
}
