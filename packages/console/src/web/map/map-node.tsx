import type { Proportion } from '@turnspan/insights';
import type { VNode } from 'preact';
import type { JourneyNode } from '../../documents/journey';
import { linkTo, type Page, usePage } from '../page';
import { NODE, type PlacedNode } from './layout';
import { toLevel } from './trouble';

const LONGEST = 19;
const BAR = { x: 14, width: NODE.width - 28, y: NODE.height - 11 } as const;

/** What the map knows of a node besides the node itself. */
interface MapNodeProps {
  readonly placed: PlacedNode;
  readonly direction: 'LR' | 'TB';
  readonly flow: string;
  readonly isWorst: boolean;
  readonly isOpen: boolean;
  /** True of the one node that the tab key goes to. */
  readonly isFirst: boolean;
}

/** A node of the map: a link to its card. */
export function MapNode(props: MapNodeProps): VNode {
  const page = usePage();
  const { placed, direction, flow, isWorst, isOpen, isFirst } = props;
  const { node, x, y, lostWidth } = placed;
  const marks = ['node', toLevel(node.trouble), isWorst && 'worst', isOpen && 'open'];
  return (
    <g transform={`translate(${x - NODE.width / 2},${y - NODE.height / 2})`}>
      <a
        class={marks.filter((mark) => mark !== false).join(' ')}
        href={linkTo(page, { view: { kind: 'journey', flow, node: node.node } })}
        aria-description={describe(node, page)}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={isFirst ? 0 : -1}
        data-node={node.node}
        draggable={false}
      >
        <rect class="box" width={NODE.width} height={NODE.height} rx="10" />
        <rect class="side" x="0" y="0" width="5" height={NODE.height} rx="2.5" />
        {isWorst && <WorstMark label={page.text.journey.worst} />}
        <text class="name" x="14" y="23">
          {shorten(node.node)}
        </text>
        <text class="people" x="14" y="39">
          {page.text.journey.peopleCount(page.format.count(node.people))}
        </text>
        {node.dropped && <Rate dropped={node.dropped} />}
        {lostWidth > 0 && <Lost placed={placed} direction={direction} />}
      </a>
    </g>
  );
}

/** In words what the drawing says with numbers alone and with colours. */
function describe(node: JourneyNode, { text, format }: Page): string {
  return text.journey.nodeLabel({
    node: node.node,
    people: format.count(node.people),
    dropped: node.dropped ? format.rate(node.dropped) : text.node.nobodyOwes,
    trouble: text.levels[toLevel(node.trouble)],
  });
}

function Rate({ dropped }: { readonly dropped: Proportion }): VNode {
  const { format } = usePage();
  return (
    <>
      <text class="rate" x="14" y="55">
        {format.rate(dropped)}
      </text>
      {dropped.rate !== undefined && <Whisker {...dropped} rate={dropped.rate} />}
    </>
  );
}

/** Those who leave, as wide as they are many, running out below the node. */
function Lost({
  placed: { node, lostWidth },
  direction,
}: Pick<MapNodeProps, 'placed' | 'direction'>): VNode {
  const { format } = usePage();
  // Where the journey goes down, the ways leave in the middle.
  const middle = NODE.width * (direction === 'LR' ? 0.5 : 0.76);
  const half = Math.max(lostWidth / 2, 1.5);
  const top = NODE.height;
  const bottom = NODE.height + NODE.stub - 8;
  const shoulder = Math.max(top + 6, bottom - half);
  return (
    <g class="lost">
      <path
        d={`M${middle - half},${top}L${middle - half},${shoulder}L${middle},${bottom}L${middle + half},${shoulder}L${middle + half},${top}Z`}
      />
      <text x={middle + half + 6} y={NODE.height + 15}>
        −{format.count(node.dropped?.count ?? 0)}
      </text>
    </g>
  );
}

function Whisker({
  low,
  high,
  rate,
}: {
  readonly low: number;
  readonly high: number;
  readonly rate: number;
}): VNode {
  const at = (value: number) => BAR.x + value * BAR.width;
  return (
    <g class="whisker">
      <line class="axis" x1={BAR.x} x2={BAR.x + BAR.width} y1={BAR.y} y2={BAR.y} />
      <line class="reach" x1={at(low)} x2={at(high)} y1={BAR.y} y2={BAR.y} />
      <circle cx={at(rate)} cy={BAR.y} r="3.2" />
    </g>
  );
}

function WorstMark({ label }: { readonly label: string }): VNode {
  const width = label.length * 6.4 + 20;
  return (
    <g class="worst-mark" transform={`translate(${NODE.width - width + 6},-13)`}>
      <rect width={width} height="21" rx="10.5" />
      <text x={width / 2} y="14.5" text-anchor="middle">
        {label}
      </text>
    </g>
  );
}

function shorten(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
