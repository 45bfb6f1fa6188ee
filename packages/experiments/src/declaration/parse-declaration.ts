import { GUARDRAILS } from '../judgement/guardrails';
import { quote, refuse } from './refuse';
import type { Declaration, ExperimentOptions, KnownBot } from './types';

/**
 * Checks a declaration and fills in what it leaves out.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function parseDeclaration(
  name: string,
  options: ExperimentOptions,
  bot: KnownBot = {},
): Declaration {
  const declaration = fillIn(name, options);
  for (const complain of COMPLAINTS) {
    const sentence = complain(declaration, { options, bot });
    if (sentence !== undefined) throw refuse(String(name), sentence);
  }
  return declaration;
}

/** Names become labels and parts of keys. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

const MAX_VARIANTS = 10;

/** Goals that need no node. */
const GENERAL_GOALS = ['completed', 'replied'];

const OPTIONS: Readonly<Record<keyof ExperimentOptions, true>> = {
  variants: true,
  weights: true,
  flow: true,
  goal: true,
  guardrails: true,
  salt: true,
  ramp: true,
  exclusion: true,
  overrides: true,
  plannedUsers: true,
  smallestDifference: true,
};

interface Surroundings {
  readonly options: ExperimentOptions;
  readonly bot: KnownBot;
}

/** Says what is wrong and what to do, or nothing. */
type Complain = (declaration: Declaration, surroundings: Surroundings) => string | undefined;

/** In this order: each takes for granted what those before it found right. */
const COMPLAINTS: readonly Complain[] = [
  complainOfOptions,
  complainOfVariants,
  complainOfWeights,
  complainOfFlow,
  complainOfGoal,
  complainOfGuardrails,
  complainOfTexts,
  complainOfRamp,
  complainOfExclusion,
  complainOfOverrides,
  complainOfPlan,
];

function fillIn(name: string, options: ExperimentOptions): Declaration {
  const { variants, goal = 'completed', guardrails = GUARDRAILS, salt = name } = options;
  const { weights = Array.isArray(variants) ? variants.map(() => 1) : [] } = options;
  const { ramp = 1, exclusion, overrides = {} } = options;
  const { plannedUsers = 2000, smallestDifference = 0.05 } = options;
  const told = { name, variants, weights, flow: options.flow, goal, guardrails };
  return { ...told, salt, ramp, exclusion, overrides, plannedUsers, smallestDifference };
}

function complainOfOptions({ name }: Declaration, { options }: Surroundings): string | undefined {
  if (!isName(name)) return `its name has to be letters, digits, - and _, at most 64 of them.`;
  const unknown = Object.keys(options).filter((option) => !Object.hasOwn(OPTIONS, option));
  if (unknown.length === 0) return undefined;
  return `there is no option ${quote(unknown)}; there are ${quote(Object.keys(OPTIONS))}.`;
}

function complainOfVariants({ variants }: Declaration): string | undefined {
  if (!Array.isArray(variants) || variants.length < 2 || variants.length > MAX_VARIANTS) {
    return `\`variants\` has to name two to ${MAX_VARIANTS} variants, the control first.`;
  }
  const unfit = variants.filter((variant) => !isName(variant));
  if (unfit.length > 0) {
    return `a variant cannot be named ${quote(unfit)}; take letters, digits, - and _, at most 64.`;
  }
  const twice = variants.filter((variant, index) => variants.indexOf(variant) !== index);
  if (twice.length > 0)
    return `the variant ${quote(twice)} is named twice; give each its own name.`;
  return undefined;
}

function complainOfWeights({ variants, weights }: Declaration): string | undefined {
  if (!Array.isArray(weights) || weights.length !== variants.length) {
    return `\`weights\` has to hold one number for each of the ${variants.length} variants.`;
  }
  if (weights.every((weight) => Number.isFinite(weight) && weight > 0)) return undefined;
  return `each weight has to be a number above 0, got ${weights.join(', ')}; leave out a variant nobody shall get.`;
}

function complainOfFlow({ flow }: Declaration, { bot }: Surroundings): string | undefined {
  if (typeof flow !== 'string' || flow === '') return '`flow` has to name the flow it is about.';
  if (bot.flows === undefined || Object.hasOwn(bot.flows, flow)) return undefined;
  return `the bot has no flow ${quote([flow])}; it has ${quote(Object.keys(bot.flows))}.`;
}

function complainOfGoal({ flow, goal }: Declaration, { bot }: Surroundings): string | undefined {
  if (typeof goal !== 'string' || goal === '') return '`goal` has to name what is wanted.';
  const nodes = bot.flows?.[flow];
  if (nodes === undefined || GENERAL_GOALS.includes(goal) || nodes.includes(goal)) return undefined;
  return `the flow "${flow}" has no goal ${quote([goal])}; take ${quote([...GENERAL_GOALS, ...nodes])}.`;
}

function complainOfGuardrails({ guardrails }: Declaration): string | undefined {
  if (!Array.isArray(guardrails)) return '`guardrails` has to be a list of names.';
  const unknown = guardrails.filter((each) => !GUARDRAILS.includes(each));
  if (unknown.length > 0) {
    return `there is no guardrail ${quote(unknown)}; there are ${quote(GUARDRAILS)}.`;
  }
  const hasTwice = new Set(guardrails).size < guardrails.length;
  return hasTwice ? 'a guardrail is named twice; name each once.' : undefined;
}

function complainOfTexts({ salt }: Declaration): string | undefined {
  return isName(salt)
    ? undefined
    : '`salt` has to be letters, digits, - and _, at most 64 of them.';
}

function complainOfRamp({ ramp }: Declaration): string | undefined {
  return isShare(ramp) && ramp > 0
    ? undefined
    : `\`ramp\` has to be a share above 0 and at most 1, got ${ramp}; 0.1 lets a tenth in.`;
}

function complainOfExclusion({ exclusion }: Declaration): string | undefined {
  if (exclusion === undefined) return undefined;
  const { group, from, to } = exclusion;
  if (!isName(group)) return '`exclusion.group` has to be letters, digits, - and _.';
  const isPart = isShare(from) && isShare(to) && from < to;
  return isPart
    ? undefined
    : `\`exclusion\` has to be a part of the users \`from\` 0 \`to\` 1, got ${from} to ${to}.`;
}

function complainOfOverrides({ variants, overrides }: Declaration): string | undefined {
  const strange = Object.values(overrides).filter((variant) => !variants.includes(variant));
  if (strange.length === 0) return undefined;
  return `an override names ${quote(strange)}; its variants are ${quote(variants)}.`;
}

function complainOfPlan({ plannedUsers, smallestDifference }: Declaration): string | undefined {
  if (!Number.isInteger(plannedUsers) || plannedUsers < 300) {
    return `\`plannedUsers\` has to be a whole number from 300 up, got ${plannedUsers}.`;
  }
  return isShare(smallestDifference) && smallestDifference > 0
    ? undefined
    : `\`smallestDifference\` has to be a share above 0, got ${smallestDifference}; 0.05 is five points.`;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && NAME.test(value);
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
