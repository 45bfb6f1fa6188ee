'use strict';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Four quiet weeks, until somebody puts the question for the door code in new words. */
const OPENING = Date.UTC(2026, 9, 5, 8);
const REWORDING = OPENING + 28 * DAY;
/** Other ways to ask are tried. */
const FIX = REWORDING + 5 * DAY;
const CLOSING = FIX + 6 * DAY;

/**
 * When customers come, and which part of them. Nobody is in the middle of the address when a phase ends,
 * so that the next edition of the bot finds no answer to a question that it does not have.
 */
const PHASES = [
  { name: 'quiet', from: OPENING, days: 27, part: 0.25 },
  { name: 'incident', from: REWORDING, days: 3, part: 0.45 },
  { name: 'experiment', from: FIX, days: 4, part: 0.3 },
];

module.exports = { CLOSING, DAY, FIX, HOUR, MINUTE, OPENING, PHASES, REWORDING, SECOND };
