import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';

/** Answers with the name of a status, and nothing that tells of the inside. */
export function sendText(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(`${STATUS_CODES[status]}\n`);
}
