'use strict';
const { loadFrom } = require('../harness/load');
const { BotAdapter, MemoryStorage, TurnContext } = loadFrom('.', 'botbuilder-core');
const { Botkit, BotkitConversation } = loadFrom('.', 'botkit');

const QUESTIONS = 4;
/** How many messages stand before each question. */
const SHAPES = { question: 0, talkative: 3 };
/** People who talk with the bot, one after the other. */
const PEOPLE = 200;

/** A channel that takes every message at once and keeps none: all that is left is the bot. */
class SilentAdapter extends BotAdapter {
  name = 'silent';
  #sent = 0;

  async receive(text, person, handle) {
    this.#sent += 1;
    const activity = {
      id: `in-${this.#sent}`,
      type: 'message',
      channelId: 'web',
      serviceUrl: 'https://channel',
      timestamp: new Date(),
      conversation: { id: `conversation-${person}` },
      from: { id: `person-${person}` },
      recipient: { id: 'bot' },
      text,
    };
    await this.runMiddleware(new TurnContext(this, activity), handle);
  }

  async sendActivities(_context, activities) {
    return activities.map(() => {
      this.#sent += 1;
      return { id: `out-${this.#sent}` };
    });
  }

  async updateActivity() {}
  async deleteActivity() {}
}

/** Makes a Botkit bot of two forms, one of which says three messages before each question. */
function createBot() {
  const adapter = new SilentAdapter();
  const controller = new Botkit({
    adapter,
    storage: new MemoryStorage(),
    disable_webserver: true,
    disable_console: true,
  });
  for (const [shape, messages] of Object.entries(SHAPES)) {
    controller.addDialog(createForm(controller, shape, messages));
    controller.hears(shape, 'message', (bot) => bot.beginDialog(shape));
  }
  return { adapter, controller };
}

function createForm(controller, id, messages) {
  const form = new BotkitConversation(id, controller);
  for (let question = 0; question < QUESTIONS; question += 1) {
    for (let message = 0; message < messages; message += 1) {
      form.say({ id: `said${question}_${message}`, text: 'There is something to be told first.' });
    }
    form.ask(`What is your answer to number ${question}?`, async () => {}, `answer${question}`);
  }
  return form;
}

/** Somebody begins a form and answers its questions, then the next one does. */
class Talk {
  #bot;
  #handle;
  #talks = 0;

  constructor(bot, handle = (context) => bot.controller.handleTurn(context)) {
    this.#bot = bot;
    this.#handle = handle;
  }

  /** Fills in so many forms, and says how many turns of the bot that were. */
  async play(shape, forms) {
    for (let form = 0; form < forms; form += 1) {
      const person = this.#talks % PEOPLE;
      this.#talks += 1;
      await this.#say(shape, person);
      for (let question = 0; question < QUESTIONS; question += 1) await this.#say('yes', person);
    }
    return forms * (QUESTIONS + 1);
  }

  /** Every message comes from outside, so that what was put off gets its time in between. */
  async #say(text, person) {
    await new Promise(setImmediate);
    await this.#bot.adapter.receive(text, person, this.#handle);
  }
}

module.exports = { createBot, SHAPES, Talk };
