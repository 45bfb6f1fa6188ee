/** What tells about the machine or the place where somebody worked, and is of no use elsewhere. */
const LEAKS: readonly RegExp[] = [
  /(?<![\w.$}~-])\/(?:work|home|tmp|root|Users)\/[\w.-]+/g,
  /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b[\w.]*/g,
  /\bnpm\.pkg\.[\w.]+|\b[\w.-]*(?:artifactory|jfrog|verdaccio)[\w.-]*/gi,
  /\bissue #\d*/gi,
];

/** The parts of a text that tell too much. */
export function findLeaks(text: string): string[] {
  return LEAKS.flatMap((leak) => text.match(leak) ?? []);
}
