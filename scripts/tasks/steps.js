/** A step went wrong in a way that its message explains; a stack would add nothing. */
class StepFailed extends Error {}

/**
 * Runs one step, prints a line about it and gives its result: `{ code, output, note? }`. What a
 * step printed is shown only when it failed. A result with `skipped` says why nothing ran.
 */
async function attempt(name, action) {
  const from = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${name} …`);
  const result = await action();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  console.log(`${mark(result)} ${name.padEnd(12)} ${seconds.padStart(6)} s${note(result)}`);
  if (result.code !== 0) console.log(indent(result.output));
  for (const line of skippedLines(result.output)) console.log(`    ${line}`);
  return result;
}

/** Runs one step that the rest depends on: when it fails, nothing else runs. */
async function step(name, action) {
  const result = await attempt(name, action);
  if (result.code !== 0) throw new StepFailed(result.advice ?? `The step "${name}" failed.`);
  return result;
}

function mark({ code, skipped }) {
  if (skipped) return '-';
  return code === 0 ? '✓' : '✗';
}

function note({ note: text, skipped }) {
  const said = skipped ? `skipped: ${skipped}` : text;
  return said ? `  ${said}` : '';
}

function indent(output) {
  return output.trimEnd().replace(/^/gm, '    ');
}

/** A test that cannot run here says so in a line that begins with "SKIPPED". */
function skippedLines(output = '') {
  const lines = output.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line.startsWith('SKIPPED')))];
}

module.exports = { attempt, step, StepFailed };
