import { sampleRatioPValue } from '../statistics/sample-ratio';
import type { Arm, ExperimentResult, Gate } from './types';
import { toPercent } from './words';

/** How often at most users who are shared out rightly are ever called otherwise. */
const SAMPLE_RATIO_ALPHA = 0.002;
const MAX_MULTIPLE_EXPOSED = 0.01;
const MIN_USERS = 150;
const MIN_EITHER_WAY = 5;
const MIN_DAYS = 3;

/** Looks whether an experiment can be believed at all, and whether it is too early for an answer. */
export function checkGates(result: ExperimentResult): readonly Gate[] {
  return [
    { gate: 'sample_ratio', complaint: complainOfRatio(result) },
    { gate: 'multiple_exposure', complaint: complainOfMixing(result) },
    { gate: 'users', complaint: complainOfUsers(result) },
    { gate: 'either_way', complaint: complainOfRareness(result) },
    { gate: 'days', complaint: complainOfDays(result) },
  ];
}

/** Says why an experiment cannot be believed at all, or nothing. */
export function findInvalidity(gates: readonly Gate[]): string | undefined {
  return gates.find(({ gate, complaint }) => complaint && isAboutBelief(gate))?.complaint;
}

/** Says why it is too early for an answer, or nothing. */
export function findPrematurity(gates: readonly Gate[]): string | undefined {
  return gates.find(({ gate, complaint }) => complaint && !isAboutBelief(gate))?.complaint;
}

function isAboutBelief(gate: Gate['gate']): boolean {
  return gate === 'sample_ratio' || gate === 'multiple_exposure';
}

function complainOfRatio({ arms }: ExperimentResult): string | undefined {
  const pValue = sampleRatioPValue(arms);
  if (pValue >= SAMPLE_RATIO_ALPHA) return undefined;
  const counts = arms.map(({ variant, exposed }) => `${variant} ${exposed}`).join(', ');
  return `users are not shared out by the weights (${counts}; p = ${pValue.toPrecision(2)}). Something loses or adds users of one variant.`;
}

function complainOfMixing({ arms, multipleExposed }: ExperimentResult): string | undefined {
  const exposed = arms.reduce((sum, arm) => sum + arm.exposed, multipleExposed);
  const share = multipleExposed / exposed;
  if (!(share > MAX_MULTIPLE_EXPOSED)) return undefined;
  return `${toPercent(share)} of the users saw more than one variant; look for a user key or a store that changes.`;
}

function complainOfUsers({ arms }: ExperimentResult): string | undefined {
  const small = arms.find(({ users }) => users < MIN_USERS);
  return small && `${small.variant} has ${small.users} of at least ${MIN_USERS} users`;
}

function complainOfRareness({ arms }: ExperimentResult): string | undefined {
  const rare = arms.find((arm) => Math.min(arm.reached, toMissed(arm)) <= MIN_EITHER_WAY);
  if (!rare) return undefined;
  return `of ${rare.variant} ${rare.reached} reached the goal and ${toMissed(rare)} did not; it takes more than ${MIN_EITHER_WAY} of each`;
}

function complainOfDays({ days }: ExperimentResult): string | undefined {
  if (days >= MIN_DAYS) return undefined;
  return `it has run for ${Number(days.toFixed(1))} of at least ${MIN_DAYS} days`;
}

function toMissed({ users, reached }: Arm): number {
  return users - reached;
}
