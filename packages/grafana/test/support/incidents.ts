import { ORDER, toDeclaration } from './flows';
import { HEALTHY } from './habits';
import { ACCOUNT, LINE, TEMPLATES } from './meta';
import { HOUR } from './time';
import type { VirtualBot, VirtualBotOptions } from './virtual-bot';
import { accountRestriction, phoneEvent, templateEvent } from './webhooks';

/** A bot of the script. */
export interface Part {
  /** How it differs from other bots. @default not at all */
  readonly options?: Partial<VirtualBotOptions>;
  /** Whether it has had two healthy weeks before. @default false */
  readonly hasPast?: boolean;
}

/** What happens to a bot, and what somebody who is on call has to hear because of it. */
export interface Incident {
  readonly job: string;
  /** The hour at which it begins. @default 1 */
  readonly from?: number;
  /** The hour at which it ends; without one it outlasts the test. */
  readonly until?: number;
  readonly begin: (bot: VirtualBot) => void;
  /** How it ends; `restart` puts a new process in the place of the old one. @default by itself */
  readonly end?: ((bot: VirtualBot) => void) | 'restart';
  /** Alerts that fire and resolve, with the labels that say what about, as `Name a=b c=d`. */
  readonly fires: readonly string[];
  /** Alerts that fire in Prometheus, but of which nobody must hear. @default none */
  readonly muted?: readonly string[];
}

/** Until then nothing happens to any bot. */
export const CALM_HOURS = 1;

const QUIET: Part = { options: { habits: { conversationsPerHour: 4 } } };
/** So few people come to a node that there are none to compare with until the test is over. */
const USUAL: Part = { options: { habits: { conversationsPerHour: 24 } } };
const WITH_PAST: Part = { hasPast: true, options: { habits: { conversationsPerHour: 40 } } };

/** The bots, by job. */
export const PARTS: Readonly<Record<string, Part>> = {
  healthy: { hasPast: true, options: { ...WITH_PAST.options, variants: ['control', 'shorter'] } },
  yellow: QUIET,
  red: QUIET,
  flagged: QUIET,
  limited: QUIET,
  unrated: QUIET,
  unheard: QUIET,
  at_risk: WITH_PAST,
  templates: QUIET,
  restricted: QUIET,
  banned: QUIET,
  blocked: QUIET,
  unpaid: USUAL,
  unreachable: USUAL,
  reported: USUAL,
  opting_out: USUAL,
  dropping: WITH_PAST,
  confusing: WITH_PAST,
  looping: WITH_PAST,
  slow: WITH_PAST,
  silent: USUAL,
  refused: WITH_PAST,
  machinery: USUAL,
  overflowing: { options: { ...QUIET.options, caps: { nodes: 6 } } },
};

const ON_LINE = `line=${LINE}`;
const ON_STREET = 'flow=order node=street';
const ON_PAYMENT = 'flow=order node=payment';

function rated(rating: string) {
  return (bot: VirtualBot) => bot.meta.business.setPhone(LINE, { rating });
}

function withStatus(status: string) {
  return (bot: VirtualBot) => bot.meta.business.setPhone(LINE, { status });
}

/** Meta knows it, and posts a webhook about it. */
function withTemplate(
  template: (typeof TEMPLATES)[keyof typeof TEMPLATES],
  status: string,
  event: { readonly event: string; readonly title?: string },
) {
  return (bot: VirtualBot) => {
    bot.meta.business.setTemplate(template.id, { status });
    bot.receive(templateEvent(template, event, bot.clock.now()));
  };
}

function reinstate(template: (typeof TEMPLATES)[keyof typeof TEMPLATES]) {
  return withTemplate(template, 'APPROVED', { event: 'REINSTATED' });
}

/** The script. What fires is written down here, and not read from the rules. */
export const INCIDENTS: readonly Incident[] = [
  {
    // A new version of a flow is no reason to call anybody.
    job: 'healthy',
    from: 2,
    begin: (bot) => bot.tracker.declare({ ...toDeclaration(ORDER), content: 'other words' }),
    fires: [],
  },
  {
    job: 'yellow',
    until: 3,
    begin: rated('YELLOW'),
    end: rated('GREEN'),
    fires: [`WhatsappQualityYellow ${ON_LINE}`],
  },
  {
    job: 'red',
    until: 3,
    begin: rated('RED'),
    end: rated('GREEN'),
    fires: [`WhatsappQualityRed ${ON_LINE}`],
  },
  {
    job: 'flagged',
    until: 3,
    begin: (bot) => {
      withStatus('FLAGGED')(bot);
      bot.receive(phoneEvent('FLAGGED', bot.clock.now()));
    },
    end: (bot) => {
      withStatus('CONNECTED')(bot);
      bot.receive(phoneEvent('UNFLAGGED', bot.clock.now()));
    },
    fires: [`WhatsappNumberFlagged ${ON_LINE}`],
  },
  {
    job: 'limited',
    until: 3,
    begin: withStatus('RATE_LIMITED'),
    end: withStatus('CONNECTED'),
    fires: [`WhatsappLimitReached ${ON_LINE} status=rate_limited`],
  },
  {
    job: 'unrated',
    until: 4.5,
    begin: rated('UNKNOWN'),
    end: rated('GREEN'),
    fires: [`WhatsappQualityUnknown ${ON_LINE}`],
  },
  {
    job: 'unheard',
    until: 4.5,
    begin: (bot) => bot.meta.setToken({ expiresAt: bot.clock.now() }),
    end: (bot) => bot.meta.setToken({ expiresAt: undefined }),
    fires: [`WhatsappQualityStale ${ON_LINE}`],
  },
  {
    job: 'at_risk',
    until: 5,
    begin: (bot) => {
      bot.change({ reading: 0.3 });
      bot.meta.business.setTemplate(TEMPLATES.sale.id, { rating: 'YELLOW' });
    },
    end: (bot) => {
      bot.change({ reading: 0.8 });
      bot.meta.business.setTemplate(TEMPLATES.sale.id, { rating: 'GREEN' });
    },
    fires: [`WhatsappQualityAtRisk ${ON_LINE}`],
  },

  {
    job: 'templates',
    until: 3,
    begin: withTemplate(TEMPLATES.reminder, 'PAUSED', { event: 'PAUSED', title: 'FIRST_PAUSE' }),
    end: reinstate(TEMPLATES.reminder),
    fires: [`WhatsappTemplatePaused language=en_US template=${TEMPLATES.reminder.name}`],
  },
  {
    job: 'templates',
    until: 3.5,
    begin: withTemplate(TEMPLATES.sale, 'DISABLED', { event: 'DISABLED', title: 'DISABLED' }),
    end: reinstate(TEMPLATES.sale),
    fires: [`WhatsappTemplateDisabled language=en_US template=${TEMPLATES.sale.name}`],
  },
  {
    job: 'templates',
    until: 4,
    begin: withTemplate(TEMPLATES.greeting, 'REJECTED', { event: 'REJECTED' }),
    end: withTemplate(TEMPLATES.greeting, 'APPROVED', { event: 'APPROVED' }),
    fires: [`WhatsappTemplateRejected language=en_US template=${TEMPLATES.greeting.name}`],
  },

  {
    // It ends by itself.
    job: 'restricted',
    until: 3,
    begin: (bot) => {
      const now = bot.clock.now();
      bot.receive(accountRestriction(now + 2 * HOUR, now));
    },
    fires: [
      `WhatsappAccountRestricted account=${ACCOUNT} restriction=restricted_biz_initiated_messaging`,
    ],
  },
  {
    job: 'banned',
    until: 3,
    begin: withStatus('BANNED'),
    end: withStatus('CONNECTED'),
    fires: [`WhatsappNumberBlocked ${ON_LINE} status=banned`],
  },
  {
    job: 'blocked',
    until: 3,
    begin: (bot) => bot.meta.business.setHealth(LINE, { canSend: 'BLOCKED' }),
    end: (bot) => bot.meta.business.setHealth(LINE, { canSend: 'AVAILABLE' }),
    fires: [`WhatsappSendingBlocked entity=phone id=${LINE} ${ON_LINE}`],
  },
  {
    job: 'unpaid',
    until: 3,
    begin: (bot) => bot.change({ failures: { 131042: 0.75 } }),
    end: (bot) => bot.change({ failures: {} }),
    fires: [`WhatsappSendsRefused class=billing ${ON_LINE}`, 'WhatsappMessagesUndelivered'],
  },
  {
    job: 'unreachable',
    until: 3,
    begin: (bot) => bot.change({ failures: { 131026: 0.75 } }),
    end: (bot) => bot.change({ failures: {} }),
    fires: [`WhatsappSendsFailing class=unreachable ${ON_LINE}`, 'WhatsappMessagesUndelivered'],
  },
  {
    job: 'reported',
    until: 2.25,
    begin: (bot) => bot.change({ failures: { 131048: 0.12 } }),
    end: (bot) => bot.change({ failures: {} }),
    fires: [`WhatsappNegativeFeedback ${ON_LINE}`],
  },
  {
    job: 'opting_out',
    until: 2.25,
    begin: (bot) => bot.change({ optOuts: 0.9 }),
    end: (bot) => bot.change({ optOuts: 0 }),
    fires: [`WhatsappOptOutsHigh ${ON_LINE}`],
  },

  {
    job: 'dropping',
    until: 2,
    begin: (bot) => bot.change({ silence: { ...HEALTHY.silence, street: 0.7 } }),
    end: (bot) => bot.change({ silence: HEALTHY.silence }),
    fires: [`ConversationDropoffHigh ${ON_STREET}`],
  },
  {
    job: 'confusing',
    until: 2.25,
    begin: (bot) => bot.change({ misfit: { ...HEALTHY.misfit, payment: 0.6 } }),
    end: (bot) => bot.change({ misfit: HEALTHY.misfit }),
    fires: [`ConversationConfusionHigh ${ON_PAYMENT}`],
  },
  {
    job: 'looping',
    until: 2.25,
    begin: (bot) => bot.change({ misfit: { '*': 0, street: 0.4 }, stubbornness: 1 }),
    end: (bot) => bot.change({ misfit: HEALTHY.misfit, stubbornness: 0 }),
    fires: [`ConversationLoops ${ON_STREET}`, `ConversationConfusionHigh ${ON_STREET}`],
  },
  {
    job: 'slow',
    until: 3.5,
    begin: (bot) => bot.change({ responseSeconds: 20 }),
    end: (bot) => bot.change({ responseSeconds: 0.8 }),
    fires: [`ConversationResponseSlow channel=whatsapp ${ON_LINE} responder=bot`],
  },
  {
    job: 'silent',
    until: 3,
    begin: (bot) => bot.change({ neglect: 0.7 }),
    end: (bot) => bot.change({ neglect: 0 }),
    fires: [`ConversationUnanswered channel=whatsapp ${ON_LINE}`],
  },
  {
    // People cannot answer what does not reach them, so nobody has to hear that they drop off.
    job: 'refused',
    begin: (bot) =>
      bot.change({ failures: { 131042: 0.5 }, silence: { ...HEALTHY.silence, street: 0.8 } }),
    fires: [`WhatsappSendsRefused class=billing ${ON_LINE}`, 'WhatsappMessagesUndelivered'],
    muted: [`ConversationDropoffHigh ${ON_STREET}`],
  },

  {
    job: 'machinery',
    until: 3.5,
    begin: (bot) => bot.change({ containedPerHour: 60 }),
    end: (bot) => bot.change({ containedPerHour: 0 }),
    fires: ['TurnspanContainedErrors'],
  },
  {
    job: 'machinery',
    until: 3.5,
    begin: (bot) => {
      bot.sweeping = false;
    },
    end: (bot) => {
      bot.sweeping = true;
    },
    fires: ['TurnspanSweeperBehind'],
  },
  {
    job: 'machinery',
    until: 3.5,
    begin: (bot) => {
      bot.lostRecords += 7;
    },
    fires: ['TurnspanJournalLosing'],
  },
  {
    job: 'machinery',
    until: 3.5,
    begin: (bot) => bot.meta.usage.setAccount(ACCOUNT, { callPercent: 95 }),
    end: (bot) => bot.meta.usage.setAccount(ACCOUNT, {}),
    fires: [
      'WhatsappGraphBudgetLow kind=whatsapp',
      'WhatsappGraphBudgetLow kind=whatsapp_business_management',
    ],
  },
  {
    // What has overflown stays so until the process is another one.
    job: 'overflowing',
    until: 3.5,
    begin: (bot) =>
      bot.tracker.declare({
        id: 'generated',
        nodes: [{ id: 'question_of_the_day', kind: 'question' }],
        edges: [],
      }),
    end: 'restart',
    fires: ['TurnspanLabelOverflow label=node'],
  },
];
