/** Spans of time that Prometheus measures, in seconds; all of them shrink together in a test. */
export interface RuleDurations {
  /** How often most rules are evaluated. Not more than 4 minutes: Prometheus forgets after 5. */
  readonly interval: number;
  /** How often the baselines are summed up. The same limit holds. */
  readonly slowInterval: number;
  /** Pieces in which counts are recorded, to be added up to the longer windows. */
  readonly step: number;
  /** The present, of which ratios say how it goes. */
  readonly recent: number;
  /** The past before it, with which the present is compared. A week has each weekday once. */
  readonly baseline: number;
  /** Window of what changes fast: response times and sends that fail. */
  readonly hour: number;
  /** Distance to the same hour of the same weekday. */
  readonly week: number;
  /**
   * How long the last known state of a number, template or account holds after its gauge is gone.
   * Longer than a restart takes until the first poll has come; a state that ended with its gauge
   * lasts this much longer in the alerts.
   */
  readonly keepState: number;
  /** How long a count of trouble stays in view: errors, overflows, lost records. */
  readonly trouble: number;
  /** How long something has to hold before an alert that cannot wait. */
  readonly forUrgent: number;
  /** How long something has to hold before an ordinary alert. */
  readonly forUsual: number;
  /** How long a ratio of the recent window has to be off: it moves once in each step. */
  readonly forSlow: number;
  /** How long a rating may be unknown. A number that is new has none for a while. */
  readonly unknownFor: number;
  /** How long nothing may be heard of a number; it is polled every 10 minutes. */
  readonly staleAfter: number;
  /** How long somebody may wait for an answer. */
  readonly unansweredAfter: number;
}

/** From which values on something is wrong. */
export interface RuleThresholds {
  /** Settled visits, or whatever else a ratio is of, below which the present says nothing. */
  readonly recentSample: number;
  /** The same for the past: without this much of it there is no comparison, so a new installation is silent. */
  readonly baselineSample: number;
  /**
   * By how much more of its visits a node has to lose than before, as a difference of two ratios.
   * Chance hardly makes one that is certain to 99.9 %, but where there are many people, a difference
   * is that certain long before anybody cares about it.
   */
  readonly dropoffRise: number;
  /** The same for signs of confusion per visit. */
  readonly confusionRise: number;
  /** Loops per visit, at least, by the lower bound; loops are rare, so no past is needed. */
  readonly loopRatio: number;
  /** Loops below which no ratio is looked at. */
  readonly loopCount: number;
  /** How many times the same hour of the last two weeks a response time has to be. */
  readonly responseFactor: number;
  /** Responses within an hour below which their times say nothing, now and then. */
  readonly responseSample: number;
  /** Response time of the bot in seconds that is never called slow. */
  readonly botResponseFloor: number;
  /** Response time of people in seconds that is never called slow. */
  readonly agentResponseFloor: number;
  /** People without an answer for too long, at least. */
  readonly unansweredPeople: number;
  /** Opt-outs per delivered message, at least, by the lower bound. */
  readonly optOutRatio: number;
  /** How many times the ratio of the past, if there is a past. */
  readonly optOutFactor: number;
  /** Opt-outs below which no ratio is looked at. */
  readonly optOutCount: number;
  /** Messages held back because of negative feedback per message sent, at least, by the lower bound. */
  readonly negativeFeedbackRatio: number;
  /** Such messages below which no ratio is looked at. */
  readonly negativeFeedbackCount: number;
  /**
   * Share of messages within an hour that WhatsApp refuses whoever they are for (policy, billing,
   * access, throttling, trouble of its own), at least, by the lower bound.
   */
  readonly refusalRatio: number;
  /** The same for reasons that lie in the recipient or the message: some always fail so. */
  readonly failureRatio: number;
  /** Such failures below which no ratio is looked at. */
  readonly failureCount: number;
  /** Share of visits within a step that end because a message was never delivered, by the lower bound. */
  readonly undeliveredRatio: number;
  /** Events behind each early sign, at least. */
  readonly signCount: number;
  /** What is left of the ratio of read messages, at most, to count as fallen. */
  readonly readFall: number;
  /** Signs that have to hold together before quality that is still green is called at risk. */
  readonly signs: number;
  /** Used-up share of a rate limit of the Graph API. */
  readonly graphUsage: number;
  /** Contained failures in the window of trouble. */
  readonly containedErrors: number;
  /** Seconds that the sweeper may lag: a minute is six of its turns. */
  readonly sweepLag: number;
}

/** Where the links of alerts lead. */
export interface RuleLinks {
  /** Folder of the runbooks, without a slash at its end; an alert appends `/its-name.md`. */
  readonly runbooks: string;
  /** Address of Grafana, without a slash at its end. */
  readonly grafana: string;
}

/** All that rules and alerts can be tuned by. */
export interface RuleConfig {
  readonly durations: RuleDurations;
  readonly thresholds: RuleThresholds;
  readonly links: RuleLinks;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The values that hold unless others are given. */
export const DEFAULT_CONFIG: RuleConfig = {
  durations: {
    interval: MINUTE,
    slowInterval: 3 * MINUTE,
    step: HOUR,
    recent: DAY,
    baseline: 7 * DAY,
    hour: HOUR,
    week: 7 * DAY,
    keepState: 30 * MINUTE,
    trouble: 15 * MINUTE,
    forUrgent: MINUTE,
    forUsual: 5 * MINUTE,
    forSlow: 30 * MINUTE,
    unknownFor: 6 * HOUR,
    staleAfter: 2 * HOUR,
    unansweredAfter: 15 * MINUTE,
  },
  thresholds: {
    recentSample: 50,
    baselineSample: 200,
    dropoffRise: 0.05,
    confusionRise: 0.05,
    loopRatio: 0.02,
    loopCount: 10,
    responseFactor: 2,
    responseSample: 30,
    botResponseFloor: 5,
    agentResponseFloor: 600,
    unansweredPeople: 5,
    optOutRatio: 0.005,
    optOutFactor: 2,
    optOutCount: 10,
    negativeFeedbackRatio: 0.005,
    negativeFeedbackCount: 10,
    refusalRatio: 0.05,
    failureRatio: 0.2,
    failureCount: 10,
    undeliveredRatio: 0.2,
    signCount: 5,
    readFall: 0.8,
    signs: 2,
    graphUsage: 0.9,
    containedErrors: 5,
    sweepLag: 60,
  },
  links: {
    runbooks: 'https://github.com/turnspan/turnspan/blob/main/docs/runbooks',
    grafana: 'http://localhost:3000',
  },
};

/** Multiplies every duration, so that a test can play a week within minutes. */
export function scaleDurations(config: RuleConfig, factor: number): RuleConfig {
  const scaled = Object.entries(config.durations).map(([name, seconds]) => [
    name,
    seconds * factor,
  ]);
  return { ...config, durations: Object.fromEntries(scaled) };
}
