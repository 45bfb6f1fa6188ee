'use strict';
const { createHmac } = require('node:crypto');
const { questionOf } = require('../bot/ledger');

const PAGE = 1_000;

/** What the bot itself has saved of everybody: messages dealt with, questions answered, the one that is open. */
async function readLedgers(client, controller) {
  const keys = await client.keys('bot:*conversations*');
  const states = await Promise.all(keys.map(async (key) => JSON.parse(await client.get(key))));
  return states.map((stored) => {
    const state = typeof stored === 'string' ? JSON.parse(stored) : stored;
    const { user, entries } = state.ledger ?? { user: '', entries: [] };
    const open = questionOf(controller, state.dialogState?.dialogStack ?? []);
    return { user, entries, open };
  });
}

/** How often the journal has each question answered and dropped, by person; its visits, and what their hours add up to. */
async function readJournal(journal) {
  const people = new Map();
  let visits = 0;
  for await (const row of rowsOf(journal, 'visits')) {
    visits += 1;
    if (row.kind !== 'question') continue;
    const counts = people.get(row.user_key) ?? {};
    const name = `${row.flow}/${row.node} ${row.outcome === 'dropped' ? 'dropped' : 'answered'}`;
    counts[name] = (counts[name] ?? 0) + 1;
    people.set(row.user_key, counts);
  }
  let summed = 0;
  for await (const { count } of rowsOf(journal, 'visit_hours')) summed += count;
  return { people, visits, summed };
}

async function* rowsOf(journal, table) {
  let after;
  for (;;) {
    const rows = await journal.rows(table, { limit: PAGE, ...(after && { after }) });
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1);
  }
}

/** Whether the bot got somebody's messages in another order than they came in. */
function isOutOfOrder({ entries }) {
  const numbers = entries.map(({ id }) => Number(id.split('.').at(-2)));
  return numbers.some((number, index) => index > 0 && number < numbers[index - 1]);
}

/** Holds the journal against what the bot saved, person by person and question by question. */
function compare(ledgers, people, key) {
  return ledgers.flatMap(({ user, entries, open }, index) => {
    const told = people.get(toKey(user, key)) ?? {};
    const expected = {};
    for (const { answered } of entries) {
      if (answered) add(expected, `${answered} answered`);
    }
    if (open) add(expected, `${open} dropped`);
    return [...new Set([...Object.keys(expected), ...Object.keys(told)])].map((name) => ({
      series: `person ${index}: ${name}`,
      expected: expected[name] ?? 0,
      actual: told[name] ?? 0,
      right: (expected[name] ?? 0) === (told[name] ?? 0),
    }));
  });
}

function add(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The hash that stands for a person, worked out apart from the code under test. */
function toKey(user, key) {
  const hash = createHmac('sha256', key).update(`whatsapp\0${user}`);
  return hash.digest('base64url').slice(0, 16);
}

module.exports = { compare, isOutOfOrder, readJournal, readLedgers };
