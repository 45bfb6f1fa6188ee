import type { WaitCurve } from '@turnspan/insights';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { NodeDocument } from '../../documents/journey';
import { usePage } from '../page';
import { toBandOptions } from '../parts/band-options';
import { Chart } from '../parts/chart';
import { TooLittle } from '../parts/too-little';
import { useColours } from '../parts/use-colours';

/** How long people take to reply, as far as they do. */
export function WaitingCurve({ document }: { readonly document: NodeDocument }): VNode {
  const { text, format } = usePage();
  const { reply, stall } = document;
  return (
    <section>
      <h3>{text.node.reply}</h3>
      {reply.kind === 'found' ? <Curve curve={reply.value} /> : <TooLittle answer={reply} />}
      {stall.kind === 'found' && (
        <p class="hint">
          {text.node.stall({ after: format.seconds(stall.value.stallAfterMs / 1000) })}
        </p>
      )}
    </section>
  );
}

function Curve({ curve }: { readonly curve: WaitCurve }): VNode {
  const { text, format, language } = usePage();
  const colours = useColours();
  const { value, low, high } = curve.median;
  const sentence =
    value === undefined
      ? undefined
      : text.node.median({
          value: format.seconds(value),
          interval: format.secondsInterval(low, high),
        });
  const data = useMemo(() => toColumns(curve), [curve]);
  const options = useMemo(
    () =>
      toBandOptions({
        colours,
        tone: colours.accent,
        toText: format.percent,
        most: 1,
        stepped: true,
        scaleX: { time: false, distr: 3, log: 10 },
        axisX: {
          splits: toTicks,
          filter: (_, all) => all,
          values: (_, all) => all.map(format.seconds),
        },
      }),
    [colours, language],
  );
  const label = `${text.node.reply}. ${sentence ?? ''}`;
  return (
    <>
      {sentence !== undefined && <p>{sentence}</p>}
      <Chart label={label} height={150} options={options} data={data} />
    </>
  );
}

/** The part that has replied, which is what the curve of those who have not leaves over. */
function toColumns({ curve }: WaitCurve): uPlot.AlignedData {
  return [
    curve.map(({ time }) => Math.max(0.1, time)),
    curve.map(({ survival }) => 1 - survival),
    curve.map(({ high }) => 1 - high),
    curve.map(({ low }) => 1 - low),
  ];
}

/** Times that people know. */
const TICKS = [1, 10, 60, 600, 3600, 6 * 3600, 86_400] as const;

function toTicks({ scales: { x } }: uPlot): number[] {
  const { min = 0, max = Number.POSITIVE_INFINITY } = x ?? {};
  return TICKS.filter((at) => at >= (min ?? 0) && at <= (max ?? Number.POSITIVE_INFINITY));
}
