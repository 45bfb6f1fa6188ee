import { withDeadline } from '@turnspan/core';
import type { ConsoleSource } from '../source';
import type { ReadConsoleOptions } from './options';
import {
  BadQuery,
  parseJourneyQuery,
  parseName,
  parseNodeQuery,
  parsePeriod,
  parseQualityQuery,
} from './parse-query';
import { type Exchange, send, sendJson } from './send';

type Ask = (source: ConsoleSource, parameters: URLSearchParams) => Promise<unknown>;

/** Every document by its name in the address. */
const DOCUMENTS: Readonly<Record<string, Ask>> = {
  flows: (source, parameters) => source.flows({ period: parsePeriod(parameters) }),
  journey: (source, parameters) => source.journey(parseJourneyQuery(parameters)),
  node: (source, parameters) => source.node(parseNodeQuery(parameters)),
  quality: (source, parameters) => source.quality(parseQualityQuery(parameters)),
  investigations: (source) => source.investigations(),
  investigation: (source, parameters) => source.investigation(parseName(parameters, 'id')),
  experiments: (source) => source.experiments(),
};

const MOST_BYTES = 8 * 1024 * 1024;

/** Answers with a document, or with a sentence that says why not. */
export async function answerData(
  exchange: Exchange,
  question: { readonly name: string; readonly parameters: URLSearchParams },
  { source, timeoutMs, onError }: Pick<ReadConsoleOptions, 'source' | 'timeoutMs' | 'onError'>,
): Promise<void> {
  const { name, parameters } = question;
  const ask = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined;
  const inquire = async () => ask?.(source, parameters);
  try {
    const document = await withDeadline(inquire(), { timeoutMs, tooLate });
    sendDocument(exchange, document);
  } catch (error) {
    if (error instanceof BadQuery) {
      refuse(exchange, 400, error.message);
    } else {
      refuse(exchange, error instanceof TooSlow ? 503 : 500, toSentence(error));
      onError(error);
    }
  }
}

/** Tells a program in a sentence why there is no document. */
export function refuse(exchange: Exchange, status: number, sentence: string): void {
  sendJson(exchange, status, { error: sentence });
}

function sendDocument(exchange: Exchange, document: unknown): void {
  const body = document === undefined ? undefined : JSON.stringify(document);
  if (body === undefined) {
    refuse(exchange, 404, 'Nothing is known of that.');
  } else if (Buffer.byteLength(body) > MOST_BYTES) {
    refuse(exchange, 500, 'That is too much to show. Choose a shorter period.');
  } else {
    send(exchange, { status: 200, type: 'application/json', body });
  }
}

function toSentence(error: unknown): string {
  return error instanceof TooSlow
    ? 'This took too long. Choose a shorter period, or try again in a moment.'
    : 'This could not be read. The log of the bot says why.';
}

/** The source did not answer in time. */
class TooSlow extends Error {}

function tooLate(timeoutMs: number): TooSlow {
  return new TooSlow(`No answer came within ${timeoutMs} ms.`);
}
