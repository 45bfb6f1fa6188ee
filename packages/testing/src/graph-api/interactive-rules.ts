import type { GraphError } from './graph-errors';
import { invalid, isObject, isText, missing } from './rule';
import type { JsonObject } from './types';

const MAX_BODY = { button: 1024, list: 4096 };
const MAX_BUTTONS = 3;
const MAX_BUTTON_TITLE = 20;
const MAX_BUTTON_ID = 256;
const MAX_ROWS = 10;
const MAX_ROW_TITLE = 24;
const MAX_ROW_ID = 200;
const MAX_ROW_DESCRIPTION = 72;

/** Checks buttons, lists and the other messages with something to tap. */
export function checkInteractive(interactive: JsonObject): GraphError | undefined {
  const { type, action } = interactive;
  if (!isText(type)) return missing("Parameter 'type' is mandatory for type 'interactive'");
  if (!isObject(action)) return missing("Parameter 'action' is mandatory for type 'interactive'");
  return checkBody(interactive) ?? checkAction(type, action);
}

function checkBody({ type, body }: JsonObject): GraphError | undefined {
  const max = type === 'list' ? MAX_BODY.list : MAX_BODY.button;
  if (isObject(body) && isText(body.text, max)) return undefined;
  return invalid(`Body text length invalid. Min length: 1, Max length: ${max}`);
}

function checkAction(type: string, action: JsonObject): GraphError | undefined {
  if (type === 'button') return checkButtons(action.buttons);
  if (type === 'list') return checkList(action);
  return undefined;
}

function checkButtons(buttons: unknown): GraphError | undefined {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > MAX_BUTTONS) {
    return invalid(
      `Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: ${MAX_BUTTONS}`,
    );
  }
  const replies = buttons.map((button) => button?.reply ?? {});
  if (!replies.every(({ title }) => isText(title, MAX_BUTTON_TITLE))) {
    return invalid(`Button title length invalid. Min length: 1, Max length: ${MAX_BUTTON_TITLE}`);
  }
  if (!replies.every(({ id }) => isText(id, MAX_BUTTON_ID))) {
    return invalid(`Button id length invalid. Min length: 1, Max length: ${MAX_BUTTON_ID}`);
  }
  return checkUnique(replies, 'Button');
}

function checkList({ button, sections }: JsonObject): GraphError | undefined {
  if (!isText(button, MAX_BUTTON_TITLE)) {
    return invalid(`List button length invalid. Min length: 1, Max length: ${MAX_BUTTON_TITLE}`);
  }
  if (!Array.isArray(sections)) return missing("Parameter 'sections' is mandatory for type 'list'");
  const rows = sections.flatMap((section) => section?.rows ?? []);
  if (rows.length < 1) return missing('At least one row is required');
  if (rows.length > MAX_ROWS) {
    return invalid(`Total row count exceed max allowed count: ${MAX_ROWS}`);
  }
  return checkSectionTitles(sections) ?? checkRows(rows) ?? checkUnique(rows, 'Row');
}

function checkSectionTitles(sections: readonly JsonObject[]): GraphError | undefined {
  if (sections.length > 1 && !sections.every(({ title }) => isText(title))) {
    return missing('Section title is required when there is more than one section');
  }
  const isShort = sections.every(({ title = '-' }) => isText(title, MAX_ROW_TITLE));
  return isShort ? undefined : invalid(`Section title is too long. Max length is ${MAX_ROW_TITLE}`);
}

function checkRows(rows: readonly JsonObject[]): GraphError | undefined {
  if (!rows.every(({ id }) => isText(id, MAX_ROW_ID))) {
    return invalid(`Row id length invalid. Min length: 1, Max length: ${MAX_ROW_ID}`);
  }
  if (!rows.every(({ title }) => isText(title, MAX_ROW_TITLE))) {
    return invalid(`Row title is too long. Max length is ${MAX_ROW_TITLE}`);
  }
  if (!rows.every(({ description = '-' }) => isText(description, MAX_ROW_DESCRIPTION))) {
    return invalid(`Row description is too long. Max length is ${MAX_ROW_DESCRIPTION}`);
  }
  return undefined;
}

function checkUnique(items: readonly JsonObject[], what: string): GraphError | undefined {
  const ids = new Set(items.map(({ id }) => id));
  return ids.size === items.length ? undefined : invalid(`${what} ids must be unique`);
}
