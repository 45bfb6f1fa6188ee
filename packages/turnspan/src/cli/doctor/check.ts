import type { GraphClient } from '@turnspan/whatsapp';
import type { CommandArguments } from '../command';
import type { CommandIo } from '../command-io';

/** What came of looking at one thing. */
export interface Finding {
  readonly status: 'ok' | 'wrong' | 'skipped';
  /** What there is, in one sentence. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** A finding, and what it is about. */
export interface Check extends Finding {
  readonly check: string;
}

/** What the checks look at. */
export interface Patient {
  readonly values: CommandArguments['values'];
  readonly io: CommandIo;
  /** Undefined without an access token. */
  readonly graph: GraphClient | undefined;
  /** What the clock of this machine was ahead by at the first answer of the Graph API. */
  readonly skewMs: () => number | undefined;
}

/** All is well. */
export function ok(found: string, advice?: string): Finding {
  return { status: 'ok', found, ...(advice !== undefined && { advice }) };
}

/** Somebody has to do something. */
export function wrong(found: string, advice: string): Finding {
  return { status: 'wrong', found, advice };
}

/** It was not looked at. */
export function skipped(found: string, advice?: string): Finding {
  return { status: 'skipped', found, ...(advice !== undefined && { advice }) };
}

/** A finding by its name. */
export function named(check: string, finding: Finding): Check {
  return { check, ...finding };
}
