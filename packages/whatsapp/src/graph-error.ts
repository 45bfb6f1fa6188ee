import { type FailureClass, TurnspanError } from '@turnspan/core';
import { classifyError, isRetryable } from './error-class';
import { toObject, toText } from './json';

/** What the Graph API said when it refused a request. */
export interface GraphRefusal {
  /** The HTTP status. */
  readonly status: number;
  /** What was asked, e.g. `POST 123/messages`. */
  readonly request: string;
  /** The parsed body of the answer, whatever it is. */
  readonly body: unknown;
  /** Takes secrets out of a text of Meta's: it quotes access tokens that it finds malformed. */
  readonly redact: (text: string) => string;
}

/** A request that the Graph API refused. `code` is `GRAPH_REQUEST_FAILED`; Meta's own is `graphCode`. */
export class GraphError extends TurnspanError {
  override readonly name: string = 'GraphError';
  /** The HTTP status. */
  readonly status: number;
  /** Meta's `error.code`; build on it and on `details`, never on the message. */
  readonly graphCode: number | undefined;
  readonly subcode: number | undefined;
  /** Meta's own word that trying again may help. */
  readonly isTransient: boolean;
  readonly failureClass: FailureClass;
  /** Whether the same request may succeed later, by code and status. */
  readonly retryable: boolean;
  readonly details: string | undefined;
  /** What Meta's support asks for. */
  readonly fbtraceId: string | undefined;

  constructor({ status, request, body, redact }: GraphRefusal) {
    const error = toObject(toObject(body).error);
    const message = redact(toText(error.message) ?? 'The answer gave no reason.');
    super('GRAPH_REQUEST_FAILED', { detail: `${request} answered ${status}: ${message}` });
    const details = toText(toObject(error.error_data).details);
    this.status = status;
    this.graphCode = toInteger(error.code);
    this.subcode = toInteger(error.error_subcode);
    this.isTransient = error.is_transient === true;
    this.failureClass = classifyError(this.graphCode);
    this.retryable = isRetryable({
      status,
      isTransient: this.isTransient,
      ...(this.graphCode === undefined ? {} : { code: this.graphCode }),
    });
    this.details = details === undefined ? undefined : redact(details);
    this.fbtraceId = toText(error.fbtrace_id);
  }
}

function toInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}
