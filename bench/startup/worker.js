'use strict';
// A process that has just begun, and what loading and instrumenting take in it.
const { startStopwatch } = require('../harness/stopwatch');
const { answerQuestions } = require('../harness/workers');
const { load, loadFrom } = require('../harness/load');

const FLOWS = 30;
const NODES_OF_FLOW = 10;

answerQuestions(() => ({
  nothing: () => measure(() => undefined),
  load: () => measure(() => load('./dist')),
  /** Botkit is loaded, and the bot made, before anything is measured. */
  instrument: () => {
    const controller = createBot();
    const { turnspan } = load('./dist');
    const plugin = turnspan({ data: false, journal: false, tracing: false, metrics: { port: 0 } });
    return measure(() => controller.usePlugin(plugin));
  },
}));

function measure(run) {
  const stop = startStopwatch();
  run();
  const { threadUs, wallUs } = stop();
  return { threadMs: threadUs / 1000, wallMs: wallUs / 1000 };
}

function createBot() {
  const { BotAdapter } = loadFrom('.', 'botbuilder-core');
  const { Botkit, BotkitConversation } = loadFrom('.', 'botkit');
  class Adapter extends BotAdapter {}
  const adapter = new Adapter();
  const controller = new Botkit({ adapter, disable_webserver: true, disable_console: true });
  for (let flow = 0; flow < FLOWS; flow += 1) {
    const conversation = new BotkitConversation(`flow${flow}`, controller);
    for (let node = 0; node < NODES_OF_FLOW; node += 2) {
      conversation.say({ id: `said${node}`, text: 'There is something to be told first.' });
      conversation.ask('What is your answer?', async () => {}, `answer${node}`);
    }
    controller.addDialog(conversation);
  }
  return controller;
}
