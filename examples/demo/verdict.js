'use strict';
const { DECLARATION, EXPERIMENT } = require('./editions');
const { requireOfTurnspan } = require('./require-of-turnspan');

const { collectCohort, judgeExperiment } = requireOfTurnspan('@turnspan/experiments');

/** Writes down who was shown which variant, and what became of them: what a journal would keep. */
function createRecord() {
  const users = new Map();
  return {
    observe(event) {
      if (event.kind === 'variant_shown' && event.shown.counts) {
        const { variant, since } = event.shown;
        const { key } = event.turn.user;
        const known = users.get(key) ?? { settled: false, reached: false };
        users.set(key, { userKey: key, variant, exposedAt: since, ...known });
      }
      if (event.kind !== 'journey_ended') return;
      const { exposures, user } = event.journey;
      if (!exposures.some(({ experiment }) => experiment === EXPERIMENT)) return;
      const reached = event.outcome === 'completed';
      users.set(user.key, { ...users.get(user.key), settled: true, reached });
    },
    journeys: () => [...users.values()],
  };
}

/** Says what came of the experiment, with the arithmetic that every bot gets. */
function judge({ record, bots }) {
  const { experiments } = bots.A.plugin;
  const [declaration] = experiments.declarations();
  const paused = experiments.paused(EXPERIMENT);
  const breaches = [...paused].map(([variant, sentence]) => ({ variant, sentence }));
  const cohort = collectCohort(record.journeys(), declaration);
  const verdict = judgeExperiment({ ...cohort, breaches }, declaration);
  return { arms: cohort.arms, paused, verdict };
}

/** Holds what is reported of the experiment against what the customers wrote down. */
function checkVerdict({ arms, paused, verdict }, ledger) {
  const shownOf = (variant) =>
    ledger.total('conversation_experiment_exposures_total', { experiment: EXPERIMENT, variant });
  const reachedOf = (variant) =>
    ledger.total('conversation_experiment_conversions_total', { experiment: EXPERIMENT, variant });
  const rateOf = (variant) => reachedOf(variant) / shownOf(variant);
  const [control] = DECLARATION.variants;
  const counts = arms.flatMap(({ variant, exposed, users, reached }) => [
    toCheck(`${variant}: shown`, shownOf(variant), exposed),
    toCheck(`${variant}: settled`, shownOf(variant), users),
    toCheck(`${variant}: through`, reachedOf(variant), reached),
  ]);
  const isKnown = ({ variant }) => shownOf(control) > 0 && shownOf(variant) > 0;
  const differences = verdict.comparisons.filter(isKnown).map(({ variant, lower, upper }) => {
    const truth = rateOf(variant) - rateOf(control);
    const isInside = lower < truth && truth < upper;
    return toCheck(`${variant}: the interval has the difference`, true, isInside);
  });
  const pauses = DECLARATION.variants.flatMap((variant) => {
    const labels = { experiment: EXPERIMENT, variant };
    const isFelt = ledger.total('conversation_experiment_paused', labels) > 0;
    return isFelt ? toCheck(`${variant}: paused`, true, paused.has(variant)) : [];
  });
  return [...counts, ...differences, ...pauses];
}

function toCheck(what, expected, actual) {
  return { series: `${EXPERIMENT}: ${what}`, expected, actual, right: expected === actual };
}

module.exports = { checkVerdict, createRecord, judge };
