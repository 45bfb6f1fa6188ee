import { TurnspanError } from '@turnspan/core';
import { parse } from 'yaml';
import { completeConfig, type RuleConfigChanges } from './check-config';

/**
 * Reads changes of the configuration from YAML or JSON; an empty text changes nothing.
 *
 * @throws TurnspanError `OPTION_INVALID`, for a text that is neither, or a setting with a wrong value
 */
export function parseRuleConfig(text: string): RuleConfigChanges {
  const changes = parseYaml(text) ?? {};
  completeConfig(changes);
  return changes as RuleConfigChanges;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const detail = 'The configuration is neither YAML nor JSON.';
    throw new TurnspanError('OPTION_INVALID', { detail, cause });
  }
}
