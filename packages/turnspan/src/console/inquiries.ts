import type { InvestigationDocument, InvestigationSummary } from '@turnspan/console';
import type { QualitySubject, Timestamp } from '@turnspan/core';
import {
  type Answer,
  findNegativeChanges,
  type Investigation,
  investigate,
  type RowSource,
  readEvidence,
} from '@turnspan/insights';
import type { Journal, QualityChangeRow } from '@turnspan/journal';
import { type KeptInvestigation, parseKept, toKept } from '../investigations/kept';
import { type Occasion, toOccasion } from '../investigations/occasion';
import type { KnownSteps } from './known-steps';
import { tellTraces } from './tell-traces';

const DAY_MS = 86_400_000;
const LOOK_BACK_MS = 90 * DAY_MS;
const MOST_CHANGES = 10_000;
/** Each of them takes a moment; who wants an older one names its time. */
const MOST_INVESTIGATIONS = 12;

/** Where investigations are read from, or made of. */
export type InquirySource = RowSource & Pick<Journal, 'investigations'>;

/** What is looked into, and what the bot found out when it happened. */
interface Inquiry extends Occasion {
  readonly kept?: KeptInvestigation;
}

interface InquiriesOptions {
  readonly steps: KnownSteps;
  readonly now: () => Timestamp;
  readonly traceUrl: string | undefined;
}

/** Investigations of the changes for the worse that a journal knows of. */
export class Inquiries {
  readonly #source: InquirySource;
  readonly #steps: KnownSteps;
  readonly #now: () => Timestamp;
  readonly #traceUrl: string | undefined;
  /** What was before a moment does not change any more. */
  readonly #answers = new Map<Timestamp, Promise<Answer<Investigation>>>();

  constructor(source: InquirySource, { steps, now, traceUrl }: InquiriesOptions) {
    this.#source = source;
    this.#steps = steps;
    this.#now = now;
    this.#traceUrl = traceUrl;
  }

  /** When each of them was, and what it is called, the latest first. */
  async list(): Promise<readonly Occasion[]> {
    const inquiries = await this.#read();
    return inquiries.map(({ id, at, trigger }) => ({ id, at, trigger }));
  }

  /** What the bot has looked into already, and what it has not: its journal may be older than that. */
  async #read(): Promise<readonly Inquiry[]> {
    const rows = await this.#source.investigations(MOST_INVESTIGATIONS);
    const kept = rows.map(parseKept).filter((each) => each !== undefined);
    const known = new Set(kept.map(({ id }) => id));
    const others = (await this.#readChanges()).filter(({ id }) => !known.has(id));
    return [...kept.map(toInquiry), ...others]
      .sort((a, b) => b.at - a.at)
      .slice(0, MOST_INVESTIGATIONS);
  }

  async #readChanges(): Promise<readonly Inquiry[]> {
    const until = this.#now();
    const query = { since: until - LOOK_BACK_MS, until, limit: MOST_CHANGES };
    const rows = await this.#source.rows('quality_changes', query);
    // The columns are those of this very table.
    const changes = rows as unknown as readonly QualityChangeRow[];
    return findNegativeChanges(changes).map(fromRow).reverse().slice(0, MOST_INVESTIGATIONS);
  }

  /** All of them, in short. */
  async summarize(): Promise<readonly InvestigationSummary[]> {
    const summaries: InvestigationSummary[] = [];
    for (const inquiry of await this.#read()) {
      const { period: _, answer: __, ...summary } = await this.#find(inquiry);
      summaries.push(summary);
    }
    return summaries;
  }

  /** One of them; undefined if there is none of that name. */
  async tell(id: string): Promise<InvestigationDocument | undefined> {
    const inquiry = toRequest(id) ?? (await this.#read()).find((each) => each.id === id);
    if (!inquiry) return undefined;
    const found = await this.#find(inquiry);
    const parts = { journal: this.#source, traceUrl: this.#traceUrl };
    const traces = await tellTraces(found.answer, parts);
    return { ...found, texts: this.#tellTexts(found.answer), traces };
  }

  async #find({ kept, ...occasion }: Inquiry): Promise<KeptInvestigation> {
    return kept ?? toKept(occasion, await this.#answer(occasion));
  }

  #answer({ at, trigger }: Occasion): Promise<Answer<Investigation>> {
    const known = this.#answers.get(at);
    if (known !== undefined) return known;
    const answer = readEvidence(this.#source, at).then((rows) => investigate(rows, at));
    // Anybody may ask for any moment; only what happened is remembered.
    if (trigger.kind === 'request') return answer;
    this.#answers.set(at, answer);
    answer.catch(() => this.#answers.delete(at));
    return answer;
  }

  #tellTexts(answer: Answer<Investigation>): InvestigationDocument['texts'] {
    if (answer.kind !== 'found') return [];
    return answer.value.suspects.flatMap(({ subject }) => {
      if (subject.kind !== 'node') return [];
      const { flow, node } = subject;
      return [{ flow, node, text: this.#steps.textOf(flow, node) }];
    });
  }
}

function toInquiry(kept: KeptInvestigation): Inquiry {
  const { id, at, trigger } = kept;
  return { id, at, trigger, kept };
}

function fromRow(row: QualityChangeRow): Occasion {
  const { kind, subject, name, language, account, attribute, key, value, at } = row;
  const about: QualitySubject = {
    kind,
    id: subject,
    ...(name !== null && { name }),
    ...(language !== null && { language }),
    ...(account !== null && { accountId: account }),
  };
  const told = {
    from: row.previous ?? undefined,
    ...(row.reason !== null && { reason: row.reason }),
  };
  return toOccasion({ subject: about, attribute, key, value, at, ...told });
}

/** `at.` and a time asks for an investigation of that moment. */
function toRequest(id: string): Occasion | undefined {
  const [, at] = /^at\.(\d{1,15})$/.exec(id) ?? [];
  return at === undefined ? undefined : { id, at: Number(at), trigger: { kind: 'request' } };
}
