const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** How many columns of a terminal a text takes; names of businesses may be Chinese, or have an emoji. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/**
 * Cuts a text into lines, after a space or underscore if there is one, else anywhere. What would
 * control the terminal is left out: names and reasons are written by others.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text.replace(/\p{Cc}/gu, '');
  while (widthOf(rest) > width) {
    const head = startOf(rest, width);
    // A space that would begin the next line may just as well end this one.
    const space = rest[head.length] === ' ' ? head.length : head.lastIndexOf(' ') + 1;
    const end = Math.max(space, head.lastIndexOf('_') + 1) || head.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** As much of a text as fits, and at least one character. */
function startOf(text: string, width: number): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && widthOf(head + character) > width) break;
    head += character;
  }
  return head;
}

function widthOfCharacter(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
