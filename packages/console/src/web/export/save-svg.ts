import { saveFile } from './save-file';

/** Style that has to go along, as the attributes of SVG that mean the same. */
const ATTRIBUTES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'paint-order',
] as const;
const SCALE = 2;
const MARGIN = 24;

/** Gives the reader a drawing as a picture, all of it, whatever part is in view. */
export async function saveSvg(name: string, drawing: SVGGraphicsElement): Promise<void> {
  const box = drawing.getBBox();
  const width = box.width + 2 * MARGIN;
  const height = box.height + 2 * MARGIN;
  const copy = copyWithStyle(drawing);
  copy.removeAttribute('transform');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `${box.x - MARGIN} ${box.y - MARGIN} ${width} ${height}`);
  svg.setAttribute('width', String(width * SCALE));
  svg.setAttribute('height', String(height * SCALE));
  svg.append(copy);
  const source = new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(await readImage(source), 0, 0);
  saveCanvas(name, canvas);
}

/** Gives the reader what is on a canvas. */
export function saveCanvas(name: string, canvas: HTMLCanvasElement): void {
  canvas.toBlob((blob) => blob && saveFile(`${name}.png`, blob), 'image/png');
}

function copyWithStyle(original: SVGElement): SVGElement {
  const copy = original.cloneNode(true) as SVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  const originals = [original, ...original.querySelectorAll<SVGElement>('*')];
  for (const [index, each] of copies.entries()) {
    const style = getComputedStyle(originals[index] ?? original);
    for (const name of ATTRIBUTES) each.setAttribute(name, style.getPropertyValue(name));
    each.removeAttribute('class');
  }
  return copy;
}

async function readImage(source: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = URL.createObjectURL(source);
  await image.decode().finally(() => URL.revokeObjectURL(image.src));
  return image;
}
