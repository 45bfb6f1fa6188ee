'use strict';
const { webhook } = require('@turnspan/testing');
const { HOUR } = require('./phases');

const TEMPLATE = { id: '900100200300', name: 'order_ready', language: 'en_US' };

/**
 * Lets Meta's opinion of the pizzeria fall while people are asked for door codes: of the template
 * Meta tells by webhook, of the number's rating only those who ask.
 */
function planDecline({ simulation, graph, ledger, start, endpoint, account }) {
  const { business } = graph;
  business.addTemplate(account, TEMPLATE);
  const at = (hours, run) => simulation.at(start + hours * HOUR, run);
  const tell = async (kind, event, { field, value }) => {
    ledger.count('whatsapp_quality_events_total', { kind, event });
    ledger.count('whatsapp_webhook_events_total', { field, result: 'applied' });
    const time = Math.floor(simulation.time / 1000);
    await graph.postWebhook(webhook({ field, value }, { businessAccountId: account, time }));
  };
  const rate = (previous, next) => {
    business.setTemplate(TEMPLATE.id, { rating: next });
    const field = 'message_template_quality_update';
    const value = { ...named(), previous_quality_score: previous, new_quality_score: next };
    return tell('template', field, { field, value });
  };
  const pause = (title) => {
    business.setTemplate(TEMPLATE.id, { status: 'PAUSED' });
    const field = 'message_template_status_update';
    const value = { ...named(), event: 'PAUSED', reason: 'NONE', other_info: { title } };
    return tell('template', 'paused', { field, value });
  };
  const flag = () => {
    business.setPhone(endpoint.line, { rating: 'RED', status: 'FLAGGED' });
    const { displayPhoneNumber } = graph.line(endpoint.line);
    const value = { display_phone_number: displayPhoneNumber, event: 'FLAGGED' };
    return tell('phone', 'flagged', { field: 'phone_number_quality_update', value });
  };
  at(0, () => business.setPhone(endpoint.line, { rating: 'GREEN' }));
  at(20, () => rate('GREEN', 'YELLOW'));
  at(30, () => business.setPhone(endpoint.line, { rating: 'YELLOW' }));
  at(44, () => rate('YELLOW', 'RED'));
  at(45, () => pause('FIRST_PAUSE'));
  at(48, () => business.setTemplate(TEMPLATE.id, { status: 'APPROVED' }));
  at(53, () => pause('SECOND_PAUSE'));
  at(54, flag);
  at(59, () => business.setTemplate(TEMPLATE.id, { status: 'APPROVED' }));
}

function named() {
  return {
    message_template_id: Number(TEMPLATE.id),
    message_template_name: TEMPLATE.name,
    message_template_language: TEMPLATE.language,
  };
}

/** Enters into the ledger what Meta thinks in the end. */
function closeDecline({ ledger, endpoint, account }) {
  const { line } = endpoint;
  const template = { template: TEMPLATE.name, language: TEMPLATE.language };
  ledger.set('whatsapp_phone_quality_rating', { line, rating: 'red' }, 1);
  ledger.set('whatsapp_phone_quality_score', { line }, 1);
  ledger.set('whatsapp_phone_status', { line, status: 'flagged' }, 1);
  ledger.set('whatsapp_template_quality_rating', { ...template, rating: 'red' }, 1);
  ledger.set('whatsapp_template_quality_score', template, 1);
  ledger.set('whatsapp_template_status', { ...template, status: 'approved' }, 1);
  ledger.set('whatsapp_messaging_limit', { scope: 'portfolio', id: account }, 2000);
}

module.exports = { closeDecline, planDecline };
