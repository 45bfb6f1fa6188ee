import fc from 'fast-check';

/*
 * Property tests try the same cases in every run, so that a run says something about the change at
 * hand. FAST_CHECK_SEED takes another seed; `random` takes a new one each time.
 */
const { FAST_CHECK_SEED: seed = '20261123' } = process.env;

if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
