'use strict';
// Runs the demo and draws what it printed, for the README: npm run picture
const { execFileSync } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const TARGET = join(__dirname, '../../docs/images/demo.svg');
const LINE = 18;
const COLUMN = 7.82;
const MARGIN = 18;

/** Draws lines of a terminal as an SVG. */
function drawTerminal(lines) {
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * COLUMN) + 2 * MARGIN;
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.map((line, index) => drawLine(line, MARGIN + (index + 0.75) * LINE));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>The end of the demo: questions by how many people left there, response times, ratings, the experiment, and the ledger</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#c9d1d9">
${texts.filter(Boolean).join('\n')}
</g>
</svg>
`;
}

function drawLine(line, y) {
  if (line === '') return '';
  const escaped = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const length = (line.length * COLUMN).toFixed(1);
  return `<text x="${MARGIN}" y="${y}" fill="${colourOf(line)}" textLength="${length}" xml:space="preserve">${escaped}</text>`;
}

function colourOf(line) {
  if (/^(question|response time|experiment ask-door) /.test(line)) return '#79c0ff';
  if (/^(ledger:|Ship )/.test(line)) return '#7ee787';
  return /door_code/.test(line) ? '#ffa657' : '#c9d1d9';
}

/** What the demo printed, from the first table on, without what is another number in each run. */
function toPicture(output) {
  const lines = output.trimEnd().split('\n');
  const first = lines.findIndex((line) => line.startsWith('question'));
  const isTiming = (line) => / simulated days, | errors that were played /.test(line);
  return ['$ npm start', '', ...lines.slice(first).filter((line) => !isTiming(line))];
}

if (require.main === module) {
  const output = execFileSync(
    process.execPath,
    [join(__dirname, 'index.js'), '--once', '--port', '0'],
    {
      encoding: 'utf8',
    },
  );
  mkdirSync(join(TARGET, '..'), { recursive: true });
  writeFileSync(TARGET, drawTerminal(toPicture(output)));
}

module.exports = { drawTerminal, TARGET, toPicture };
