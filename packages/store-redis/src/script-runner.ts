import { createHash } from 'node:crypto';
import type { Evaluate, ScriptValues } from './client';
import { isUnknownScript, toStoreError } from './redis-error';

/** A step that Redis takes as one, and the name Redis knows it by. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Makes a script of its text. */
export function createScript(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Runs a script and gives what Redis answers; rejects with a `TurnspanError`. */
export type RunScript = (script: Script, values: ScriptValues) => Promise<unknown>;

/** Sends the text of a script only to a Redis that does not know it yet, or no more. */
export function createRunScript(evaluate: Evaluate): RunScript {
  return async ({ sha, text }, values) => {
    try {
      return await evaluate.bySha(sha, values);
    } catch (error) {
      if (!isUnknownScript(error)) throw toStoreError(error);
    }
    try {
      return await evaluate.byText(text, values);
    } catch (error) {
      throw toStoreError(error);
    }
  };
}
