'use strict';
const { heapBytes } = require('../heap');
const { CoreCustomers } = require('./core-customers');

const CUSTOMERS = 50_000;

/** Bytes that a tracker with its store in memory takes for each person who owes an answer. */
async function weighWaiting() {
  const core = new CoreCustomers(CUSTOMERS);
  const before = await heapBytes();
  await core.meetEverybody();
  const after = await heapBytes();
  await core.close();
  return (after - before) / CUSTOMERS;
}

module.exports = { weighWaiting };
