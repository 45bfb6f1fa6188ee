import type { QualityFact, Timestamp } from '@turnspan/core';
import type { Declaration } from '@turnspan/experiments';
import { toDeclarations } from '../../experiments/shared-declarations';
import {
  type Pause,
  sharePause,
  toPauses,
  WHOLE_EXPERIMENT,
} from '../../experiments/shared-pauses';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { UsageError } from '../usage-error';
import { STORE_OPTION, showStore, storePlace, useShared } from './open-shared';

const NOTE = 'All processes on the store take it over within some ten seconds. Nothing is';

/** Ends an experiment, or one of its variants. */
export const experimentStop: Command = {
  name: 'experiment stop',
  summary: 'Gives everybody the control, or those of one variant',
  operands: ['NAME', '[VARIANT]'],
  notes: [NOTE, 'deleted, and `experiment resume` goes on. Testers keep what they were given.'],
  options: [
    JOURNAL_OPTION,
    STORE_OPTION,
    { name: 'because', value: 'TEXT', meaning: 'why, for whoever looks later' },
  ],
  run: (args, io) => set(args, io, { isPaused: true, because: args.values.because ?? 'By hand.' }),
};

/** Takes back what {@link experimentStop} did, or a guardrail. */
export const experimentResume: Command = {
  name: 'experiment resume',
  summary: 'Goes on with an experiment, or shows a variant again',
  operands: ['NAME', '[VARIANT]'],
  notes: [NOTE, 'deleted, and a variant that a guardrail paused begins anew with it.'],
  options: [JOURNAL_OPTION, STORE_OPTION],
  run: (args, io) => set(args, io, { isPaused: false, because: '' }),
};

interface Change {
  readonly isPaused: boolean;
  readonly because: string;
}

async function set(args: CommandArguments, io: CommandIo, change: Change): Promise<number> {
  const place = storePlace(args);
  const [name = '', variant = WHOLE_EXPERIMENT] = args.operands;
  const { declaration, at } = await useShared(place, io, async (shared) => {
    const facts = await shared.facts();
    const declaration = findDeclaration(facts, name);
    checkVariant(declaration, variant);
    const about = { experiment: name, salt: declaration.salt, variant };
    const at = toLaterTime(facts, about, io.now());
    await sharePause(shared, { ...about, at, ...change });
    return { declaration, at };
  });
  const { salt, variants } = declaration;
  const isWhole = variant === WHOLE_EXPERIMENT;
  const done = { name, salt, variant: isWhole ? undefined : variant, ...change };
  const text = args.json
    ? JSON.stringify({ at, store: showStore(place), ...done }, undefined, 2)
    : tell(done, variants);
  io.stdout.write(`${text}\n`);
  return 0;
}

/** The latest word holds, also where the clock of another machine is ahead of this one. */
function toLaterTime(
  facts: readonly QualityFact[],
  { experiment, salt, variant }: Pick<Pause, 'experiment' | 'salt' | 'variant'>,
  now: Timestamp,
): Timestamp {
  const before = toPauses(facts).find(
    (each) => each.experiment === experiment && each.salt === salt && each.variant === variant,
  );
  return Math.max(now, (before?.at ?? 0) + 1);
}

/** The run that was declared last. */
function findDeclaration(facts: readonly QualityFact[], name: string): Declaration {
  const all = toDeclarations(facts);
  const [latest] = all
    .filter(({ declaration }) => declaration.name === name)
    .sort((one, other) => other.at - one.at);
  if (latest) return latest.declaration;
  const names = [...new Set(all.map(({ declaration }) => declaration.name))];
  const advice = names.length > 0 ? `There are ${names.join(', ')}.` : 'There is none yet.';
  throw new UsageError(`The store knows no experiment ${name}. ${advice}`);
}

function checkVariant({ name, variants }: Declaration, variant: string): void {
  const [control, ...others] = variants;
  if (variant === WHOLE_EXPERIMENT || others.includes(variant)) return;
  if (variant !== control) {
    throw new UsageError(`${name} has no variant ${variant}. There are ${others.join(', ')}.`);
  }
  throw new UsageError(
    `${control} is the control, which is what everybody else gets. To end all of ${name}, name no variant.`,
  );
}

interface Done extends Change {
  readonly name: string;
  readonly variant: string | undefined;
}

function tell({ name, variant, isPaused }: Done, [control]: readonly string[]): string {
  const words = variant === undefined ? name : `${name} ${variant}`;
  if (!isPaused) {
    return variant === undefined
      ? `${name} goes on. Bots take it over within some ten seconds.`
      : `${variant} of ${name} is shown again. Bots take it over within some ten seconds.\nWhoever came meanwhile is missing from it, so that the verdict may become invalid:\ngive ${name} another salt to begin anew.`;
  }
  const whom = variant === undefined ? 'Everybody' : `Whoever would get ${variant}`;
  return `${whom} gets ${control} of ${name}. Bots take it over within some ten seconds.\nTo take it back: turnspan experiment resume ${words}`;
}
