'use strict';

const START = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'whatsapp', line: '15550001', key: 'kR3vY0q7Zb1xT9aL' };

let made = 0;

/** Visits that were settled, none of them seen before. */
function createVisits(count) {
  return Array.from({ length: count }, createVisit);
}

function createVisit() {
  made += 1;
  const at = START + made;
  const journey = {
    id: `journey${made >> 3}`,
    flow: 'order',
    version: 'v1',
    variant: '',
    exposures: [],
    entry: 'user',
    startedAt: START,
    user: USER,
    sessionId: `session${made >> 4}`,
  };
  const place = { index: made & 7, node: `node${made & 7}`, kind: 'question', variant: '' };
  return {
    kind: 'visit_settled',
    at,
    visit: { journey, ...place, enteredAt: at - 5000, askedAt: at - 4000 },
    outcome: 'advanced',
    waitSeconds: 3.9,
    processingSeconds: 0.1,
    repliedAt: at,
    inputKind: 'text',
    match: 'matched',
  };
}

module.exports = { createVisits };
