/** Names of what is recorded of one window of a ratio. */
export interface RecordedWindow {
  /** What is counted, as of all visits the dropped ones. */
  readonly part: string;
  /** What it is a part of. */
  readonly whole: string;
  readonly ratio: string;
  /** Lower bound of the 95 % Wilson interval. */
  readonly lower: string;
  /** Upper bound of the 95 % Wilson interval. */
  readonly upper: string;
}

/** Names of what is recorded of a ratio. */
export interface RecordedRatio {
  /** Increase of what is counted, in the last step. */
  readonly stepPart: string;
  /** Increase of what it is a part of, in the last step; ratios of the same whole share the name. */
  readonly stepWhole: string;
  /** The last day, by default; it moves on once an hour. */
  readonly recent: RecordedWindow;
  /** The week before that day, by default; no samples without such a past. */
  readonly baseline: RecordedWindow;
}

/** Names of what is recorded of response times, each over the last hour by default. */
export interface RecordedTimes {
  readonly mean: string;
  readonly p90: string;
  readonly count: string;
  /** The greater mean of the same hour one week and two weeks ago. */
  readonly meanSameWeekday: string;
  /** The greater 90th percentile of the same hour one week and two weeks ago. */
  readonly p90SameWeekday: string;
}

/** Names of what is recorded of how long people take to answer. */
export interface RecordedWaits {
  /** Answers of the last step, in the buckets of the histogram, at each node; `job`, `flow`, `node`, `le`. */
  readonly nodes: string;
  /** The same in each variant of a flow; `job`, `flow`, `variant`, `le`. */
  readonly variants: string;
}

/** The names of all that is recorded. */
export interface RecordedNames {
  /** Dropped visits per settled visit; `job`, `flow`, `node`. */
  readonly dropoff: RecordedRatio;
  /** Signs of confusion per visit; `job`, `flow`, `node`. */
  readonly confusion: RecordedRatio;
  /** Loops per visit; `job`, `flow`, `node`. */
  readonly loops: RecordedRatio;
  /** Completed journeys per ended journey; `job`, `flow`. */
  readonly completion: RecordedRatio;
  /** Dropped journeys per ended journey; `job`, `flow`. */
  readonly journeyDropoff: RecordedRatio;
  /** Opt-outs per delivered message; `job`, `line`. */
  readonly optOuts: RecordedRatio;
  /** Messages that failed for negative feedback per message sent or failed; `job`, `line`. */
  readonly negativeFeedback: RecordedRatio;
  /** Read messages per delivered message; `job`, `line`. */
  readonly read: RecordedRatio;
  /** Response time; `job`, `channel`, `line`, `responder`. */
  readonly response: RecordedTimes;
  /** First response time; `job`, `channel`, `line`, `responder`. */
  readonly firstResponse: RecordedTimes;
  /** Response time as the user felt it; `job`, `channel`, `line`. */
  readonly feltResponse: RecordedTimes;
  /** How long people take to answer; the samples on the hour add up to any time. */
  readonly replyWait: RecordedWaits;
  /** Failed messages of the last hour, by reason; `job`, `line`, `class`. */
  readonly failureCount: string;
  /** Messages sent or failed in the last hour, beside each reason; `job`, `line`, `class`. */
  readonly failureWhole: string;
  /** Share of messages sent or failed in the last hour; `job`, `line`, `class`. */
  readonly failureRatio: string;
  /** Lower bound of the 95 % Wilson interval of that share; `job`, `line`, `class`. */
  readonly failureLower: string;
  /** Visits that ended in the last step because a message was never delivered; `job`. */
  readonly undeliveredCount: string;
  /** All visits that ended in the last step; `job`. */
  readonly undeliveredWhole: string;
  /** Lower bound of the 95 % Wilson interval of the undelivered share; `job`. */
  readonly undeliveredLower: string;
  /** 1 for every early sign that quality is about to fall; `job`, `line`, `sign`. */
  readonly qualitySign: string;
}

/**
 * What the recording rules record. The names do not say how long a window is, because the
 * configuration does.
 */
export const RECORDED: RecordedNames = {
  dropoff: nameRatio('job_flow_node', 'conversation_dropoff', 'conversation_settled'),
  confusion: nameRatio('job_flow_node', 'conversation_confusion', 'conversation_entered'),
  loops: nameRatio('job_flow_node', 'conversation_loops', 'conversation_entered'),
  completion: nameRatio('job_flow', 'conversation_completion', 'conversation_ended'),
  journeyDropoff: nameRatio('job_flow', 'conversation_journey_dropoff', 'conversation_ended'),
  optOuts: nameRatio('job_line', 'whatsapp_opt_outs', 'whatsapp_delivered'),
  negativeFeedback: nameRatio('job_line', 'whatsapp_negative_feedback', 'whatsapp_sent'),
  read: nameRatio('job_line', 'whatsapp_read', 'whatsapp_delivered'),
  response: nameTimes('job_channel_line_responder', 'conversation_response_seconds'),
  firstResponse: nameTimes('job_channel_line_responder', 'conversation_first_response_seconds'),
  feltResponse: nameTimes('job_channel_line', 'conversation_felt_response_seconds'),
  replyWait: {
    nodes: 'job_flow_node_le:conversation_reply_wait_seconds:increase_step',
    variants: 'job_flow_variant_le:conversation_reply_wait_seconds:increase_step',
  },
  failureCount: 'job_line_class:whatsapp_message_failures:increase_hour',
  failureWhole: 'job_line_class:whatsapp_message_sends:increase_hour',
  failureRatio: 'job_line_class:whatsapp_message_failures:ratio_hour',
  failureLower: 'job_line_class:whatsapp_message_failures:lower_hour',
  undeliveredCount: 'job:conversation_undelivered:increase_step',
  undeliveredWhole: 'job:conversation_settled:increase_step',
  undeliveredLower: 'job:conversation_undelivered:lower_step',
  qualitySign: 'job_line_sign:whatsapp_quality_sign:active',
};

/** Ratios of the same whole share its names, so it is counted once. */
function nameRatio(level: string, ratio: string, whole: string): RecordedRatio {
  const names = { ratio: `${level}:${ratio}`, whole: `${level}:${whole}` };
  return {
    stepPart: `${names.ratio}_part:increase_step`,
    stepWhole: `${names.whole}:increase_step`,
    recent: nameWindow(names, 'recent'),
    baseline: nameWindow(names, 'baseline'),
  };
}

function nameWindow(
  { ratio, whole }: { readonly ratio: string; readonly whole: string },
  window: string,
): RecordedWindow {
  return {
    part: `${ratio}_part:sum_${window}`,
    whole: `${whole}:sum_${window}`,
    ratio: `${ratio}:ratio_${window}`,
    lower: `${ratio}:lower_${window}`,
    upper: `${ratio}:upper_${window}`,
  };
}

function nameTimes(level: string, metric: string): RecordedTimes {
  const base = `${level}:${metric}`;
  return {
    mean: `${base}:mean_hour`,
    p90: `${base}:p90_hour`,
    count: `${base}:count_hour`,
    meanSameWeekday: `${base}:mean_same_weekday`,
    p90SameWeekday: `${base}:p90_same_weekday`,
  };
}
