import type { QualityFact, QualityKind } from '@turnspan/core';
import { isJsonObject, type JsonObject, toArray, toObject, toText } from '../json';
import { type Observation, toFacts } from './facts';

const KINDS: ReadonlyMap<unknown, QualityKind> = new Map([
  ['WABA', 'account'],
  ['BUSINESS', 'portfolio'],
  ['MESSAGE_TEMPLATE', 'template'],
]);

/**
 * What the health of a number says: of the number itself, whether it can send, all things
 * together; of each thing it depends on, that thing alone. An app or a flow that blocks is so seen
 * at the number, with its reason.
 */
export function toHealthFacts(row: JsonObject, observation: Observation): readonly QualityFact[] {
  const { accountId, at } = observation;
  const { can_send_message: canSend, entities } = toObject(row.health_status);
  const parts = toArray(entities).filter(isJsonObject);
  const phoneId = toText(row.id);
  const ofPhone =
    phoneId === undefined
      ? []
      : toFacts(
          { subject: { kind: 'phone', id: phoneId, accountId }, at, reason: toReason(parts) },
          'health',
          canSend,
        );
  return [...ofPhone, ...parts.flatMap((part) => toEntityFacts(part, observation))];
}

function toEntityFacts(part: JsonObject, { accountId, at }: Observation): readonly QualityFact[] {
  const kind = KINDS.get(part.entity_type);
  const id = toText(part.id);
  if (kind === undefined || id === undefined) return [];
  const observed = { subject: { kind, id, accountId }, at, reason: toReason([part]) };
  return toFacts(observed, 'health', part.can_send_message);
}

/** `141006 There is an error with the payment method.` */
function toReason(parts: readonly JsonObject[]): string | undefined {
  const errors = parts.flatMap(({ errors }) => toArray(errors).filter(isJsonObject));
  const texts = errors.map(({ error_code: code, error_description: text }) =>
    [toText(code), toText(text)].filter(Boolean).join(' '),
  );
  return texts.join('; ') || undefined;
}
