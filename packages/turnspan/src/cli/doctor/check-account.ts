import { type GraphClient, type JsonObject, toArray, toObject, toText } from '@turnspan/whatsapp';
import { type Check, type Finding, named, ok, type Patient, skipped, wrong } from './check';
import { toFailure } from './graph-failure';

const ASSIGN =
  'Check the id, and let the system user have the account: Business settings, System users, Assign assets.';
const MAX_PAGES = 50;

/** An account, and how to read it. */
interface Account {
  readonly id: string;
  readonly path: string;
  readonly graph: GraphClient;
}

/** Looks at the account: whether it can be read, whether the app hears of it, and its numbers. */
export async function checkAccount(
  { graph, values }: Patient,
  appId: string | undefined,
): Promise<readonly Check[]> {
  const id = values.account;
  if (graph === undefined) return skipAll('It takes an access token to look.');
  if (id === undefined) return skipAll('No account.', 'Set WHATSAPP_BUSINESS_ACCOUNT_ID.');
  const account = { id, path: encodeURIComponent(id), graph };
  const readable = await read(account);
  if (readable.status === 'wrong') {
    return [named('account', readable), ...skipRest('The account cannot be read.')];
  }
  const subscription = await checkSubscription(account, appId);
  const numbers = await checkNumbers(account);
  return [named('account', readable), named('subscription', subscription), ...numbers];
}

function skipAll(found: string, advice?: string): readonly Check[] {
  return [named('account', skipped(found, advice)), ...skipRest(found)];
}

function skipRest(found: string): readonly Check[] {
  return ['subscription', 'numbers'].map((check) => named(check, skipped(found)));
}

async function read({ id, path, graph }: Account): Promise<Finding> {
  try {
    const { name } = toObject(await graph.request('GET', path, { query: { fields: 'id,name' } }));
    return ok(`${toText(name) ?? 'It'} (${id}) can be read.`);
  } catch (error) {
    return toFailure(error, ASSIGN);
  }
}

/** Without a subscription no webhook ever comes, although everything looks well in the app. */
async function checkSubscription(
  { id, path, graph }: Account,
  appId: string | undefined,
): Promise<Finding> {
  const advice = `Subscribe it once: POST /${id}/subscribed_apps, with a token of your app.`;
  try {
    const apps = toArray(toObject(await graph.request('GET', `${path}/subscribed_apps`)).data)
      .map((each) => toObject(toObject(each).whatsapp_business_api_data))
      .map((app) => ({ id: toText(app.id), name: toText(app.name) ?? 'an app without a name' }));
    const names = apps.map(({ name }) => name).join(', ');
    if (apps.length === 0) return wrong('No app hears of this account.', advice);
    if (appId === undefined) {
      return skipped(`These apps hear of it: ${names}. Which one is yours is not known.`);
    }
    const ours = apps.find((app) => app.id === appId);
    if (ours) return ok(`The app ${ours.name} (${appId}) hears of it.`);
    return wrong(`Only other apps hear of it: ${names}. Yours is ${appId}.`, advice);
  } catch (error) {
    return toFailure(error, ASSIGN);
  }
}

async function checkNumbers(account: Account): Promise<readonly Check[]> {
  try {
    const ids = await listNumbers(account);
    if (ids.length === 0) return [named('numbers', wrong('The account has none.', ASSIGN))];
    const checks: Check[] = [];
    for (const id of ids) checks.push(named(`number ${id}`, await checkNumber(account, id)));
    return checks;
  } catch (error) {
    return [named('numbers', toFailure(error, ASSIGN))];
  }
}

async function listNumbers({ path, graph }: Account): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { fields: 'id', limit: '100', ...(after !== undefined && { after }) };
    const answer = toObject(await graph.request('GET', `${path}/phone_numbers`, { query }));
    ids.push(...toArray(answer.data).flatMap((row) => toText(toObject(row).id) ?? []));
    after = nextCursor(answer);
    if (after === undefined) break;
  }
  return ids;
}

/** `paging.next` has the access token in it, so only the cursor is taken. */
function nextCursor({ paging }: JsonObject): string | undefined {
  const { next, cursors } = toObject(paging);
  return next === undefined ? undefined : toText(toObject(cursors).after);
}

async function checkNumber({ graph }: Account, id: string): Promise<Finding> {
  try {
    const query = { fields: 'id,display_phone_number,quality_rating' };
    const row = toObject(await graph.request('GET', encodeURIComponent(id), { query }));
    const { display_phone_number: display, quality_rating: rating } = row;
    return ok(`${toText(display) ?? 'It'} can be read: ${toText(rating) ?? 'no rating yet'}.`);
  } catch (error) {
    return toFailure(error, ASSIGN);
  }
}
