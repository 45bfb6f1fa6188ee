'use strict';

/** Said at any time, and no answer to the question that is open. */
const ASIDE = 'are you a robot';
const PROPERTY = 'ledger';

/**
 * Lets the bot note in its own state, and save in the same step, which messages it has dealt with
 * and which question each of them answered. It reads nothing but the bot's own dialogs.
 */
function keepLedger(controller) {
  const notes = controller.conversationState.createProperty(PROPERTY);
  controller.middleware.ingest.use(async (bot, message, next) => {
    const context = bot.getConfig('context');
    const { id, text, from } = context.activity;
    if (id && message.type === 'message') {
      const ledger = await notes.get(context, { user: from.id, entries: [] });
      const answered = text === ASIDE ? null : findQuestion(controller, bot);
      ledger.entries.push({ id, answered });
    }
    next();
  });
}

/** The question that the bot waits for an answer to, if it does: `flow/node`. */
function findQuestion(controller, bot) {
  return questionOf(controller, bot.getConfig('dialogContext').stack);
}

function questionOf(controller, stack) {
  for (const { id, state } of [...stack].reverse()) {
    const line = controller.dialogSet.find(id)?.script?.[state.thread]?.[state.stepIndex];
    if (line?.collect) return `${id}/${line.collect.key}`;
    const inner = state.dialogs?.dialogStack;
    if (inner) {
      const found = questionOf(controller, inner);
      if (found) return found;
    }
  }
  return null;
}

module.exports = { ASIDE, keepLedger, questionOf };
