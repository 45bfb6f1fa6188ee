import type { JsonObject } from './types';

/** What is to be told about a refusal. */
export interface GraphError {
  readonly code: number;
  readonly httpStatus: number;
  readonly message: string;
  readonly details?: string;
  readonly subcode?: number;
  /** Meta's own word that trying again may help. */
  readonly isTransient?: boolean;
  /** @default 'OAuthException' */
  readonly type?: string;
}

interface KnownError {
  readonly httpStatus: number;
  readonly title: string;
  readonly details?: string;
}

const UNKNOWN: KnownError = { httpStatus: 400, title: 'Something went wrong' };

/** What Meta's list of error codes says about each. */
const KNOWN: Readonly<Record<number, KnownError>> = {
  1: { httpStatus: 400, title: 'An unknown error occurred' },
  2: { httpStatus: 503, title: 'Service temporarily unavailable' },
  4: { httpStatus: 400, title: 'Application request limit reached' },
  10: { httpStatus: 403, title: 'Application does not have permission' },
  100: { httpStatus: 400, title: 'Invalid parameter' },
  190: { httpStatus: 401, title: 'Invalid OAuth access token' },
  368: { httpStatus: 403, title: 'Temporarily blocked for policies violations' },
  80007: {
    httpStatus: 400,
    title: 'There have been too many calls to this WhatsApp Business account.',
    details: 'The WhatsApp Business Account has reached its rate limit.',
  },
  130429: {
    httpStatus: 429,
    title: 'Rate limit hit',
    details: 'Cloud API message throughput has been reached.',
  },
  130472: {
    httpStatus: 400,
    title: "User's number is part of an experiment",
    details: "Failed to send message because this user's phone number is part of an experiment",
  },
  131000: {
    httpStatus: 500,
    title: 'Something went wrong',
    details: 'Message failed to send due to an unknown error.',
  },
  131008: { httpStatus: 400, title: 'Required parameter is missing' },
  131009: { httpStatus: 400, title: 'Parameter value is not valid' },
  131016: {
    httpStatus: 500,
    title: 'Service unavailable',
    details: 'A service is temporarily unavailable.',
  },
  131026: {
    httpStatus: 400,
    title: 'Message undeliverable',
    details: 'Message undeliverable.',
  },
  131031: {
    httpStatus: 403,
    title: 'Business Account locked',
    details:
      'The WhatsApp Business Account associated with the app has been restricted or disabled for violating a platform policy.',
  },
  131047: {
    httpStatus: 400,
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  131048: {
    httpStatus: 400,
    title: 'Spam rate limit hit',
    details:
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number. This may be because too many previous messages were blocked or flagged as spam.',
  },
  131049: {
    httpStatus: 400,
    title: 'This message was not delivered to maintain healthy ecosystem engagement.',
    details:
      'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  },
  131050: {
    httpStatus: 400,
    title:
      'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business',
    details:
      'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
  },
  131051: {
    httpStatus: 400,
    title: 'Message type unknown',
    details: 'Message type is currently not supported.',
  },
  131056: {
    httpStatus: 400,
    title: 'Pair rate limit hit',
    details:
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  },
  131057: { httpStatus: 500, title: 'Account in maintenance mode' },
  132015: {
    httpStatus: 400,
    title: 'Template is paused',
    details: 'Template is paused due to low quality so it cannot be sent in a template message.',
  },
};

/** The Graph error of a code, in Meta's words. */
export function toGraphError(code: number): GraphError {
  const { httpStatus, title, details } = KNOWN[code] ?? UNKNOWN;
  return { code, httpStatus, message: `(#${code}) ${title}`, ...(details && { details }) };
}

/** The body of an answer that refuses. */
export function toErrorBody(error: GraphError, traceId: string): JsonObject {
  return {
    error: {
      message: error.message,
      type: error.type ?? 'OAuthException',
      code: error.code,
      ...(error.details && {
        error_data: { messaging_product: 'whatsapp', details: error.details },
      }),
      ...(error.subcode && { error_subcode: error.subcode }),
      ...(error.isTransient && { is_transient: true }),
      fbtrace_id: traceId,
    },
  };
}

/** An item of the `errors` of a status, or of a message that could not be delivered to the bot. */
export function toWebhookError(code: number): JsonObject {
  const { title, details } = KNOWN[code] ?? UNKNOWN;
  return {
    code,
    title,
    message: title,
    ...(details && { error_data: { details } }),
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}
