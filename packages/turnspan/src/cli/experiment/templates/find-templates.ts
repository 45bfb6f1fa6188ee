import { type GraphClient, type JsonObject, toArray, toObject, toText } from '@turnspan/whatsapp';
import { UsageError } from '../../usage-error';

/** A template, as Meta lists it. */
export interface ListedTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly status: string;
  /** Meta's rating of it. */
  readonly rating: string;
}

const MAX_PAGES = 70;

/** Lists all templates of an account. */
export async function listTemplates(
  graph: GraphClient,
  account: string,
): Promise<readonly ListedTemplate[]> {
  const templates: ListedTemplate[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const fields = 'id,name,language,status,quality_score';
    const query = { fields, limit: '100', ...(after !== undefined && { after }) };
    const path = `${encodeURIComponent(account)}/message_templates`;
    const answer = toObject(await graph.request('GET', path, { query }));
    templates.push(...toArray(answer.data).map((row) => toTemplate(toObject(row))));
    after = nextCursor(answer);
    if (after === undefined) break;
  }
  return templates;
}

/**
 * Finds the template that is meant, by its id or by its name.
 *
 * @throws UsageError if there is none, or one in each of several languages
 */
export function chooseTemplate(
  templates: readonly ListedTemplate[],
  wanted: string,
): ListedTemplate {
  const byId = templates.find(({ id }) => id === wanted);
  const byName = templates.filter(({ name }) => name === wanted);
  const [only, ...others] = byId ? [byId] : byName;
  if (!only) throw new UsageError(`The account has no template ${wanted}.`);
  if (others.length === 0) return only;
  const list = byName.map(({ id, language }) => `${id} (${language})`).join(', ');
  throw new UsageError(`${wanted} is there in several languages; say which by its id: ${list}.`);
}

function toTemplate(row: JsonObject): ListedTemplate {
  return {
    id: toText(row.id) ?? '',
    name: toText(row.name) ?? '',
    language: toText(row.language) ?? '',
    status: toText(row.status) ?? '',
    rating: toText(toObject(row.quality_score).score) ?? 'UNKNOWN',
  };
}

/** `paging.next` has the access token in it, so only the cursor is taken. */
function nextCursor({ paging }: JsonObject): string | undefined {
  const { next, cursors } = toObject(paging);
  return next === undefined ? undefined : toText(toObject(cursors).after);
}
