import type { Timestamp } from './vocabulary';

/** What the bot's team says about one node. */
export interface NodeOptions {
  /** Silence after which a visit counts as dropped. @default the flow's `dropAfterMs` */
  readonly dropAfterMs?: number;
  /** Silence after which a visit counts as stalled. @default the tracker's `stallAfterMs` */
  readonly stallAfterMs?: number;
  /** The question asks for a picture, a file, a place: then media is no sign of confusion. @default false */
  readonly expectsMedia?: boolean;
}

/** What the bot's team says about one flow. */
export interface FlowOptions {
  /** Node, or nodes, that make a journey complete. @default the natural end of the flow */
  readonly goal?: string | readonly string[];
  /** Node, or nodes, that may be shown again and again without being a loop. @default none */
  readonly menu?: string | readonly string[];
  /** Silence after which a visit counts as dropped. @default the tracker's `dropAfterMs` */
  readonly dropAfterMs?: number;
  /** Options of single nodes, by node id. @default none */
  readonly nodes?: Readonly<Record<string, NodeOptions>>;
}

/** How long silence may last, and what flows mean. */
export interface SettingsOptions {
  /** Silence after which a visit counts as stalled: an early sign that a reply takes back. @default 30 minutes */
  readonly stallAfterMs?: number;
  /** Silence after which a visit counts as dropped. @default 24 hours, WhatsApp's service window */
  readonly dropAfterMs?: number;
  /** Options of single flows, by flow id. @default none */
  readonly flows?: Readonly<Record<string, FlowOptions>>;
  /** What users type when they want help. @default a short list in several languages */
  readonly helpWords?: readonly string[];
  /** What users type when they want a person. @default a short list in several languages */
  readonly agentWords?: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HELP_WORDS = ['help', 'help me', '?', '??', 'ayuda', 'ajuda', 'aide', 'hilfe', 'aiuto'];
const AGENT_WORDS = [
  'agent',
  'human',
  'operator',
  'representative',
  'agente',
  'humano',
  'asesor',
  'atendente',
  'conseiller',
  'mitarbeiter',
];

/** The options with their defaults, as questions that can be asked of them. */
export class Settings {
  readonly dropAfterMs: number;
  readonly #stallAfterMs: number;
  readonly #flows: Readonly<Record<string, FlowOptions>>;
  readonly #help: ReadonlySet<string>;
  readonly #agent: ReadonlySet<string>;

  constructor({
    stallAfterMs = 30 * MINUTE,
    dropAfterMs = 24 * HOUR,
    flows = {},
    helpWords = HELP_WORDS,
    agentWords = AGENT_WORDS,
  }: SettingsOptions) {
    this.#stallAfterMs = stallAfterMs;
    this.dropAfterMs = dropAfterMs;
    this.#flows = flows;
    this.#help = new Set(helpWords.map((word) => word.toLowerCase()));
    this.#agent = new Set(agentWords.map((word) => word.toLowerCase()));
  }

  /** Silence after which a visit of the flow, or of one node of it, is dropped. */
  dropAfter(flow: string, node?: string): number {
    const options = this.#flow(flow);
    return this.#node(options, node)?.dropAfterMs ?? options?.dropAfterMs ?? this.dropAfterMs;
  }

  /** When a visit that was asked at `askedAt` and drops at `dropAt` is stalled: never after its drop. */
  stallAt(visit: {
    readonly flow: string;
    readonly node: string;
    readonly askedAt: Timestamp;
    readonly dropAt: Timestamp;
  }): Timestamp {
    const node = this.#node(this.#flow(visit.flow), visit.node);
    return Math.min(visit.askedAt + (node?.stallAfterMs ?? this.#stallAfterMs), visit.dropAt);
  }

  /** The longest time any visit may stay unsettled. */
  longestDropAfter(): number {
    const all = Object.values(this.#flows).flatMap(({ dropAfterMs, nodes = {} }) => [
      dropAfterMs,
      ...Object.values(nodes).map((node) => node.dropAfterMs),
    ]);
    return Math.max(this.dropAfterMs, ...all.filter((value) => value !== undefined));
  }

  /** Whether reaching this node completes the flow. */
  isGoal(flow: string, node: string): boolean {
    return names(this.#flow(flow)?.goal).includes(node);
  }

  /** Whether the flow completes at declared nodes only, and not by its natural end. */
  hasGoal(flow: string): boolean {
    return this.#flow(flow)?.goal !== undefined;
  }

  /** Whether this node may be shown again and again. */
  isMenu(flow: string, node: string): boolean {
    return names(this.#flow(flow)?.menu).includes(node);
  }

  /** Whether media is a proper answer to this node. */
  expectsMedia(flow: string, node: string): boolean {
    return this.#node(this.#flow(flow), node)?.expectsMedia ?? false;
  }

  /** What the text pleads for, if it is nothing but a plea. */
  plea(text: string): 'help' | 'agent' | undefined {
    const words = text.trim().toLowerCase();
    if (this.#help.has(words)) return 'help';
    return this.#agent.has(words) ? 'agent' : undefined;
  }

  #flow(flow: string): FlowOptions | undefined {
    return Object.hasOwn(this.#flows, flow) ? this.#flows[flow] : undefined;
  }

  #node(flow: FlowOptions | undefined, node: string | undefined): NodeOptions | undefined {
    const { nodes } = flow ?? {};
    if (nodes === undefined || node === undefined) return undefined;
    return Object.hasOwn(nodes, node) ? nodes[node] : undefined;
  }
}

function names(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
