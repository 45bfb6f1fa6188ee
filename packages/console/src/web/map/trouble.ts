import type { Answer, Proportion } from '@turnspan/insights';
import type { Trouble } from '../../documents/flows';
import type { TroubleLevel } from '../language/dictionary';

const SLIGHT = 0.02;
const BAD = 0.1;
const SEVERE = 0.3;

/** How bad a node is, in one of the few steps that an eye can tell apart. */
export function toLevel(trouble: Answer<Trouble>): TroubleLevel {
  if (trouble.kind !== 'found') return 'unknown';
  const { score } = trouble.value;
  if (score < SLIGHT) return 'none';
  if (score < BAD) return 'slight';
  return score < SEVERE ? 'bad' : 'severe';
}

/** In which tone a rate of drop-off is drawn. */
export function toTone(trouble: Answer<Trouble>, rate: Proportion | undefined): 'bad' | 'plain' {
  const level = toLevel(trouble);
  return rate !== undefined && (level === 'bad' || level === 'severe') ? 'bad' : 'plain';
}
