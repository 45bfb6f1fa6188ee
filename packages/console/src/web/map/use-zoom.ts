import { select } from 'd3-selection';
import {
  type D3ZoomEvent,
  type ZoomBehavior,
  type ZoomTransform,
  zoom,
  zoomIdentity,
} from 'd3-zoom';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Drawing, Point } from './layout';

/** What can be done with the part of a drawing that is in view. */
export interface Zoom {
  readonly svg: RefObject<SVGSVGElement | null>;
  /** As the `transform` of what is drawn. */
  readonly transform: string;
  /** Shows all of it; where that would be too small to read, the part around a point. */
  fit(): void;
  scaleBy(factor: number): void;
  /** Brings a point into view if it is not. */
  reveal(point: Point): void;
}

const LIMITS: [number, number] = [0.25, 3];
const SMALLEST_READABLE = 0.72;
const LARGEST_FIT = 1.25;
const PADDING = 28;

/** Lets a drawing be moved and enlarged by hand, wheel and button. */
export function useZoom({ width, height }: Drawing, focus: Point | undefined): Zoom {
  const svg = useRef<SVGSVGElement>(null);
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const behavior = useMemo(() => createBehavior(setTransform), []);
  const apply = (next: ZoomTransform) =>
    svg.current && behavior.transform(select(svg.current), next);
  const fit = () => {
    const { clientWidth = 0, clientHeight = 0 } = svg.current ?? {};
    if (clientWidth > 0) apply(fitInto({ width, height }, { clientWidth, clientHeight }, focus));
  };
  useEffect(() => {
    if (!svg.current) return undefined;
    select(svg.current).call(behavior).on('dblclick.zoom', null);
    const observer = new ResizeObserver(fit);
    observer.observe(svg.current);
    return () => observer.disconnect();
  }, [width, height, focus?.x, focus?.y]);
  return {
    svg,
    transform: transform.toString(),
    fit,
    scaleBy: (factor) => svg.current && behavior.scaleBy(select(svg.current), factor),
    reveal: ({ x, y }) => {
      const [left, top] = transform.apply([x, y]);
      const { clientWidth = 0, clientHeight = 0 } = svg.current ?? {};
      const isSeen =
        left > PADDING &&
        top > PADDING &&
        left < clientWidth - PADDING &&
        top < clientHeight - PADDING;
      if (!isSeen && svg.current) behavior.translateTo(select(svg.current), x, y);
    },
  };
}

function createBehavior(
  onZoom: (transform: ZoomTransform) => void,
): ZoomBehavior<SVGSVGElement, unknown> {
  return zoom<SVGSVGElement, unknown>()
    .scaleExtent(LIMITS)
    .filter((event: MouseEvent) =>
      // The wheel alone is for the page that the map is in.
      event.type === 'wheel' ? event.ctrlKey || event.metaKey : event.button === 0 || !event.button,
    )
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => onZoom(transform));
}

function fitInto(
  { width, height }: Pick<Drawing, 'width' | 'height'>,
  { clientWidth, clientHeight }: Pick<SVGSVGElement, 'clientWidth' | 'clientHeight'>,
  focus: Point | undefined,
): ZoomTransform {
  const scale = Math.min(
    LARGEST_FIT,
    (clientWidth - 2 * PADDING) / width,
    (clientHeight - 2 * PADDING) / height,
  );
  const readable = Math.max(SMALLEST_READABLE, scale);
  const middle = readable > scale && focus ? focus : { x: width / 2, y: height / 2 };
  const place = (at: number, length: number, space: number) =>
    length * readable + 2 * PADDING <= space
      ? (space - length * readable) / 2
      : Math.min(PADDING, Math.max(space - PADDING - length * readable, space / 2 - at * readable));
  return zoomIdentity
    .translate(place(middle.x, width, clientWidth), place(middle.y, height, clientHeight))
    .scale(readable);
}
