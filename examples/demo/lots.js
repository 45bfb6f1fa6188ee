'use strict';
const { createHash, createHmac } = require('node:crypto');
const { DECLARATION, EXPERIMENT } = require('./editions');

/** The key under which the bots of the demo hash their users. */
const PRIVACY_KEY = 'the same in every process';
const SIX_BYTES = 2 ** 48;

/**
 * Which variant a customer is to get, worked out from what the documentation says instead of asked of
 * the code that is held against it.
 */
function drawVariant(phone) {
  const hash = createHmac('sha256', PRIVACY_KEY).update(`whatsapp\0${phone}`).digest('base64url');
  const salt = `experiment/${EXPERIMENT}/${EXPERIMENT}`;
  const lot = createHash('sha256')
    .update(`${salt.length}:${salt}:${hash.slice(0, 16)}`)
    .digest();
  const { variants, weights } = DECLARATION;
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = (lot.readUIntBE(6, 6) / SIX_BYTES) * whole;
  return variants.find((_, index) => {
    rest -= weights[index];
    return rest < 0;
  });
}

module.exports = { drawVariant, PRIVACY_KEY };
