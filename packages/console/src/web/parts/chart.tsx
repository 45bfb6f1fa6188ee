import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/** What a chart shows. */
export interface ChartProps {
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly height: number;
  /** Made anew only when something about the looks has changed. */
  readonly options: Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
}

/** A chart that is as wide as there is room. */
export function Chart({ label, height, options, data }: ChartProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const plot = new uPlot(
      { ...options, width: element.clientWidth || 300, height },
      data,
      element,
    );
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [options, data, height]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}
