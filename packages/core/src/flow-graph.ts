import { createHash } from 'node:crypto';
import type { FlowEdge, FlowNode } from './refs';

/** A flow as the bot's own code declares it. */
export interface FlowDeclaration {
  readonly id: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Whatever else makes it another flow when it changes, such as its texts. */
  readonly content?: string;
}

/** An edge, and where it is known from. */
export interface KnownEdge extends FlowEdge {
  readonly declared: boolean;
  readonly observed: boolean;
}

/** A flow as it is known now. */
export interface KnownFlow {
  readonly id: string;
  /** Fingerprint: 8 hexadecimal characters that change when the flow does; '' if nobody declared it. */
  readonly version: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly KnownEdge[];
}

interface FlowRecord {
  readonly id: string;
  version: string;
  nodes: Map<string, FlowNode>;
  edges: Map<string, { from: string; to: string; declared: boolean; observed: boolean }>;
}

/** Nodes or edges a flow may gain by being watched, beyond the ones it declares. */
const MAX_OBSERVED = 2_000;

/** The flows of a bot: what its code declares, joined with what its users were seen to do. */
export class FlowGraph {
  readonly #flows = new Map<string, FlowRecord>();

  /** Takes in a declaration; returns whether the flow is new or has changed. */
  declare(declaration: FlowDeclaration): boolean {
    const version = fingerprint(declaration);
    const known = this.#flows.get(declaration.id);
    if (known?.version === version) return false;
    const observed = [...(known?.edges.values() ?? [])].filter((edge) => edge.observed);
    const flow = this.#create(declaration.id, version);
    for (const node of declaration.nodes) flow.nodes.set(node.id, node);
    for (const edge of declaration.edges) {
      flow.edges.set(edgeKey(edge), { ...edge, declared: true, observed: false });
    }
    for (const { from, to } of observed) this.observeEdge(declaration.id, { from, to });
    return true;
  }

  /** Notes a node that somebody was seen at. */
  observeNode(flowId: string, node: FlowNode): void {
    const { nodes } = this.#flows.get(flowId) ?? this.#create(flowId, '');
    if (nodes.has(node.id) || nodes.size < MAX_OBSERVED) nodes.set(node.id, node);
  }

  /** Notes an edge that somebody was seen to take. */
  observeEdge(flowId: string, { from, to }: FlowEdge): void {
    const edges = this.#flows.get(flowId)?.edges;
    if (!edges) return;
    const known = edges.get(edgeKey({ from, to }));
    if (known) known.observed = true;
    else if (edges.size < MAX_OBSERVED) {
      edges.set(edgeKey({ from, to }), { from, to, declared: false, observed: true });
    }
  }

  /** Fingerprint of the flow; '' if nobody declared it. */
  version(flowId: string): string {
    return this.#flows.get(flowId)?.version ?? '';
  }

  /** All flows as plain data. */
  toFlows(): readonly KnownFlow[] {
    return [...this.#flows.values()].map(({ id, version, nodes, edges }) => ({
      id,
      version,
      nodes: [...nodes.values()],
      edges: [...edges.values()].map((edge) => ({ ...edge })),
    }));
  }

  #create(id: string, version: string): FlowRecord {
    const flow = { id, version, nodes: new Map(), edges: new Map() };
    this.#flows.set(id, flow);
    return flow;
  }
}

function fingerprint({ nodes, edges, content = '' }: FlowDeclaration): string {
  const shape = JSON.stringify([
    nodes.map(({ id, kind }) => [id, kind]),
    edges.map(({ from, to }) => [from, to]),
    content,
  ]);
  return createHash('sha256').update(shape).digest('hex').slice(0, 8);
}

function edgeKey({ from, to }: FlowEdge): string {
  return `${from}\0${to}`;
}
