import { attempt } from '@turnspan/core';
import { metricsAddress } from '../../environment';
import type { CommandIo } from '../command-io';
import { ask, withoutQuery } from './ask';
import { type Check, type Finding, named, ok, type Patient, skipped, wrong } from './check';

const DEFAULT_PORT = 9464;

/** Looks at the metrics of a bot that is running. */
export async function checkMetrics({ values, io }: Patient): Promise<Check> {
  return named('metrics', await look(values.metrics, io));
}

async function look(given: string | undefined, io: CommandIo): Promise<Finding> {
  const port = attempt(
    () => metricsAddress(io.env).port ?? DEFAULT_PORT,
    () => undefined,
  );
  if (given === undefined && port === undefined) {
    return wrong('TURNSPAN_METRICS_PORT is no port.', 'Set it to a number from 0 to 65535.');
  }
  const url = given ?? `http://127.0.0.1:${port}/metrics`;
  const asked = await ask(io, url);
  if (asked.kind === 'answer') return judge(url, asked);
  const found = `Nothing listens at ${withoutQuery(url)}: ${asked.reason}.`;
  const advice = 'Is the bot running? Else give --metrics URL.';
  return given === undefined ? skipped(found, advice) : wrong(found, advice);
}

function judge(url: string, answer: { readonly status: number; readonly body: string }): Finding {
  const where = withoutQuery(url);
  if ([401, 403].includes(answer.status)) {
    return ok(`${where} answers, and wants the token of metrics.token.`);
  }
  if (answer.status === 200 && /^turnspan_/m.test(answer.body)) return ok(`${where} has them.`);
  const advice = 'Something else listens there. Give --metrics URL, or set TURNSPAN_METRICS_PORT.';
  return wrong(`${where} answers ${answer.status}, without metrics of Turnspan.`, advice);
}
