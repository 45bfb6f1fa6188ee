import { type Check, named, ok, wrong } from './check';

const OLDEST = 20;

/** Looks at the version of Node. */
export function checkNode(version: string): Check {
  const found = `Node.js ${version}.`;
  const isNew = Number.parseInt(version, 10) >= OLDEST;
  return named('node', isNew ? ok(found) : wrong(found, `Take Node.js ${OLDEST} or newer.`));
}
