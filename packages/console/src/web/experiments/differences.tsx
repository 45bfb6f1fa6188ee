import type { Comparison } from '@turnspan/experiments';
import type { VNode } from 'preact';
import type { ExperimentJudgement, ExperimentVariant } from '../../documents/experiments';
import { usePage } from '../page';

/** By how much each variant differs from the control: a dot, and from where to where it may be. */
export function Differences({
  judgement: { verdict },
  variants,
}: {
  readonly judgement: ExperimentJudgement;
  readonly variants: readonly ExperimentVariant[];
}): VNode | null {
  const { text } = usePage();
  if (verdict.comparisons.length === 0) return null;
  const reach = toReach(verdict.comparisons);
  const [control] = variants;
  return (
    <section class="differences">
      <h3>{text.experiment.against(control?.variant ?? '')}</h3>
      <ul>
        {verdict.comparisons.map((comparison) => (
          <li key={`${comparison.metric}/${comparison.variant}`}>
            <DifferenceBar comparison={comparison} reach={reach} />
          </li>
        ))}
      </ul>
      <Axis reach={reach} />
      <p class="hint">{text.experiment.everyLook}</p>
    </section>
  );
}

interface Bar {
  readonly comparison: Comparison;
  /** What the picture reaches to in both directions, as a part of one. */
  readonly reach: number;
}

function DifferenceBar({ comparison, reach }: Bar): VNode {
  const { text, format } = usePage();
  const { variant, metric, difference, lower, upper } = comparison;
  const isKnown = hasBounds(comparison);
  const words = isKnown
    ? `${format.points(difference)} (${format.points(lower)} – ${format.points(upper)})`
    : text.notEnoughShort;
  return (
    <>
      <span class="difference-name">
        {variant}
        {metric === 'goal' ? '' : `, ${metric}`}
      </span>
      <span class={`difference-words ${toTone(comparison)}`}>{words}</span>
      <svg
        class={`difference ${toTone(comparison)}`}
        viewBox="-100 0 200 12"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <line class="interval-axis" x1="-100" x2="100" y1="6" y2="6" />
        <line class="difference-zero" x1="0" x2="0" y1="0" y2="12" />
        {isKnown && (
          <>
            <line
              class="interval-reach"
              x1={at(lower, reach)}
              x2={at(upper, reach)}
              y1="6"
              y2="6"
            />
            <line
              class="interval-rate"
              x1={at(difference, reach)}
              x2={at(difference, reach)}
              y1="1"
              y2="11"
            />
          </>
        )}
      </svg>
    </>
  );
}

function Axis({ reach }: { readonly reach: number }): VNode {
  const { text, format } = usePage();
  return (
    <div class="difference-axis" aria-hidden="true">
      <span>
        {format.points(-reach)} {text.experiment.worse}
      </span>
      <span>0</span>
      <span>
        {format.points(reach)} {text.experiment.better}
      </span>
    </div>
  );
}

/** Without bounds there is no difference: infinity comes out of JSON as null. */
function hasBounds({ difference, lower, upper }: Comparison): boolean {
  return [difference, lower, upper].every(Number.isFinite);
}

function toTone(comparison: Comparison): 'good' | 'bad' | 'plain' {
  if (!hasBounds(comparison)) return 'plain';
  if (comparison.lower > 0) return 'good';
  return comparison.upper < 0 ? 'bad' : 'plain';
}

function at(difference: number, reach: number): number {
  return Math.max(-100, Math.min(100, (difference / reach) * 100));
}

/** A round number that every interval fits into, at most all of it. */
function toReach(comparisons: readonly Comparison[]): number {
  const ends = comparisons.filter(hasBounds).flatMap(({ lower, upper }) => [-lower, upper]);
  const most = Math.max(0.05, ...ends);
  return [0.05, 0.1, 0.2, 0.3, 0.5].find((reach) => most <= reach) ?? 1;
}
