import type { CommandArguments } from '../command';

const SECRETS = ['access-token', 'app-secret', 'verify-token'];
/** What is shorter is no secret, and would be found in the middle of words. */
const SHORTEST = 6;

/** Takes secrets out of a text: nothing prints them, but others may, in what they answer. */
export function createRedact({ values }: CommandArguments): (text: string) => string {
  const secrets = SECRETS.flatMap((name) => values[name] ?? []).filter(
    (secret) => secret.length >= SHORTEST,
  );
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text) => forms.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
