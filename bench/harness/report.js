'use strict';

/** Takes the figures of a bench with their targets, prints them as they come, and says what failed. */
function createReport(bench, { print = () => undefined } = {}) {
  const figures = [];
  const missing = [];
  const notes = [];
  return {
    /**
     * A number that was measured: `{ value, low, high }` or a number; `max`, `min` or neither is
     * what it is held against, `unit` what it is in. Where `isLenient`, the whole spread has to lie
     * beyond the target to miss it. `peer` is whom ours is held against; 1 is as good as they are.
     */
    figure(name, measured, { unit = '', max, min, isLenient = false, peer } = {}) {
      const spread = typeof measured === 'number' ? { value: measured } : measured;
      const figure = { name, ...spread, unit, max, min, peer };
      figure.verdict = judge(figure, isLenient);
      figures.push(figure);
      print(toLine(bench, figure));
    },
    /** Something that could not be measured here, and why. */
    missing(name, reason) {
      missing.push({ name, reason });
      print(`${bench}  ${name}: not measured, ${reason}`);
    },
    /** What is worth reading beside the figures. */
    note(sentence) {
      notes.push(sentence);
      print(`${bench}  ${sentence}`);
    },
    result: () => ({
      bench,
      passed: figures.every(({ verdict }) => verdict !== 'fail'),
      figures,
      missing,
      notes,
    }),
  };
}

function judge({ value, low = value, high = value, max, min }, isLenient) {
  if (max === undefined && min === undefined) return undefined;
  const [least, most] = isLenient ? [low, high] : [value, value];
  const holds = least <= (max ?? Infinity) && most >= (min ?? -Infinity);
  return holds ? 'pass' : 'fail';
}

function toLine(bench, figure) {
  const verdict = figure.verdict ? `  ${figure.verdict.toUpperCase()}` : '';
  return `${bench}  ${figure.name}: ${toFigureText(figure)}${toTargetText(figure)}${verdict}`;
}

/** The number with its unit and its spread. */
function toFigureText({ value, low, high, unit }) {
  const space = unit === '' || unit === '%' ? '' : ' ';
  const spread = low === undefined ? '' : ` (${round(low)} to ${round(high)})`;
  return `${round(value)}${space}${unit}${spread}`;
}

/** What the number is held against, if anything. */
function toTargetText({ max, min, unit }, open = ', target ') {
  if (max === undefined && min === undefined) return '';
  const bound = max === undefined ? `at least ${round(min)}` : `at most ${round(max)}`;
  return `${open}${bound}${unit === '' ? '' : ` ${unit}`}`;
}

function round(value) {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const digits = Math.abs(value) >= 1000 ? Math.ceil(Math.log10(Math.abs(value))) : 3;
  return Number(value.toPrecision(digits)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

module.exports = { createReport, toFigureText, toTargetText };
