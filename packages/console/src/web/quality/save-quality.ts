import type { QualityDocument } from '../../documents/quality';
import { saveCsv } from '../export/csv';
import type { Cell } from '../export/format-csv';
import { saveCanvas } from '../export/save-svg';

const HEAD = ['subject', 'id', 'attribute', 'from', 'to', 'value', 'low', 'high', 'total'] as const;

/** Gives the reader the states and the numbers as one table. */
export function saveQuality({ tracks, series }: QualityDocument): void {
  const states = tracks.flatMap(({ subject, attribute, entries }) =>
    entries.map(({ from, to, value }): readonly Cell[] => [
      subject.name ?? subject.kind,
      subject.id,
      attribute,
      toIso(from),
      to === undefined ? undefined : toIso(to),
      value,
    ]),
  );
  const numbers = series.flatMap(({ name, points }) =>
    points.map(({ since, until, value, interval, total }): readonly Cell[] => [
      undefined,
      undefined,
      name,
      toIso(since),
      toIso(until),
      value,
      interval?.low,
      interval?.high,
      total,
    ]),
  );
  saveCsv('turnspan-quality', [HEAD, ...states, ...numbers]);
}

/** Gives the reader the timeline as a picture: titles and stretches drawn again, charts as they are. */
export function savePicture(timeline: HTMLElement): void {
  const frame = timeline.getBoundingClientRect();
  const scale = 2;
  const canvas = document.createElement('canvas');
  canvas.width = frame.width * scale;
  canvas.height = frame.height * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface');
  context.fillRect(0, 0, frame.width, frame.height);
  for (const stretch of timeline.querySelectorAll('.stretch'))
    paintStretch(context, stretch, frame);
  for (const mark of timeline.querySelectorAll('.mark')) paintMark(context, mark, frame);
  for (const title of timeline.querySelectorAll('h3, figcaption > span')) {
    paintText(context, title, frame);
  }
  for (const chart of timeline.querySelectorAll('canvas')) {
    const { left, top, width, height } = chart.getBoundingClientRect();
    context.drawImage(chart, left - frame.left, top - frame.top, width, height);
  }
  saveCanvas('turnspan-quality', canvas);
}

function paintStretch(context: CanvasRenderingContext2D, stretch: Element, frame: DOMRect): void {
  const { left, top, width, height } = stretch.getBoundingClientRect();
  context.fillStyle = getComputedStyle(stretch).backgroundColor;
  context.fillRect(left - frame.left, top - frame.top, Math.max(1, width - 1), height);
  const word = stretch.firstElementChild;
  if (word && word.getBoundingClientRect().width <= width) paintText(context, word, frame);
}

function paintMark(context: CanvasRenderingContext2D, mark: Element, frame: DOMRect): void {
  const { left, top, height } = mark.getBoundingClientRect();
  context.fillStyle = getComputedStyle(mark).borderLeftColor;
  context.fillRect(left - frame.left, top - frame.top, 1, height);
}

function paintText(context: CanvasRenderingContext2D, element: Element, frame: DOMRect): void {
  const { left, top, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  context.fillStyle = style.color;
  context.font = `${style.fontWeight} ${style.fontSize} system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.fillText(element.textContent ?? '', left - frame.left, top - frame.top + height / 2);
}

function toIso(at: number): string {
  return new Date(at).toISOString();
}
