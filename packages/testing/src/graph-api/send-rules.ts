import { type GraphError, toGraphError } from './graph-errors';
import { checkInteractive } from './interactive-rules';
import { isObject, isText, missing, type Rule } from './rule';
import type { JsonObject } from './types';

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_TAG = 512;

const CONTENT_RULES: Readonly<Record<string, Rule>> = {
  audio: checkMedia,
  contacts: () => undefined,
  document: checkMedia,
  image: checkMedia,
  interactive: checkInteractive,
  location: checkLocation,
  reaction: checkReaction,
  sticker: checkMedia,
  template: checkTemplate,
  text: checkText,
  video: checkMedia,
};

/** Says why the Cloud API would refuse to send this; undefined when it would not. */
export function checkMessage(body: JsonObject): GraphError | undefined {
  return checkEnvelope(body) ?? checkContent(body);
}

function checkEnvelope(body: JsonObject): GraphError | undefined {
  if (body.messaging_product !== 'whatsapp') return required('messaging_product');
  if (!isText(body.to) && !isText(body.recipient)) return required('to');
  const tag = body.biz_opaque_callback_data;
  if (tag !== undefined && !isText(tag, MAX_TAG))
    return tooLong('biz_opaque_callback_data', MAX_TAG);
  return undefined;
}

function checkContent(body: JsonObject): GraphError | undefined {
  const type = typeof body.type === 'string' ? body.type : 'text';
  const rule = CONTENT_RULES[type];
  if (!rule) return unknownType(type);
  const content = body[type];
  if (type === 'contacts') return Array.isArray(content) ? undefined : required('contacts');
  return isObject(content) ? rule(content, type) : required(type);
}

function checkText(text: JsonObject): GraphError | undefined {
  if (!isText(text.body)) return missing("Parameter 'body' is mandatory for type 'text'");
  return isText(text.body, MAX_TEXT) ? undefined : tooLong("text['body']", MAX_TEXT);
}

function checkMedia(media: JsonObject, type: string): GraphError | undefined {
  if (isText(media.id) === isText(media.link)) {
    return missing(`Exactly one of 'id' and 'link' is mandatory for type '${type}'`);
  }
  const { caption = '-' } = media;
  return isText(caption, MAX_CAPTION) ? undefined : tooLong(`${type}['caption']`, MAX_CAPTION);
}

function checkLocation(location: JsonObject): GraphError | undefined {
  const isComplete = [location.latitude, location.longitude].every((part) => isNumeric(part));
  return isComplete ? undefined : missing("Parameters 'latitude' and 'longitude' are mandatory");
}

function checkReaction(reaction: JsonObject): GraphError | undefined {
  if (!isText(reaction.message_id)) return missing("Parameter 'message_id' is mandatory");
  return typeof reaction.emoji === 'string' ? undefined : missing("Parameter 'emoji' is mandatory");
}

function checkTemplate(template: JsonObject): GraphError | undefined {
  if (!isText(template.name)) return missing("Parameter 'name' is mandatory for type 'template'");
  const { language } = template;
  if (isObject(language) && isText(language.code)) return undefined;
  return missing("Parameter 'language' is mandatory for type 'template'");
}

function unknownType(type: string): GraphError {
  const types = Object.keys(CONTENT_RULES).map((name) => name.toUpperCase());
  return parameter(`Param type must be one of {${types.join(', ')}} - got "${type}".`);
}

function required(name: string): GraphError {
  return parameter(`The parameter ${name} is required.`);
}

function tooLong(name: string, max: number): GraphError {
  return parameter(`Param ${name} must be at most ${max} characters long.`);
}

function parameter(sentence: string): GraphError {
  return { ...toGraphError(100), message: `(#100) ${sentence}` };
}

function isNumeric(value: unknown): boolean {
  return value !== '' && value !== null && Number.isFinite(Number(value));
}
