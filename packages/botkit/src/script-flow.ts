import type { FlowDeclaration, FlowEdge, FlowNode, NodeKind } from '@turnspan/core';
import { createNodeNames, isFiller, type NodeNames } from './node-names';
import type { ConversationShape, LineShape, OptionShape, Script, WaterfallShape } from './shapes';

/** Reads the flow that a conversation's script declares. What its handlers do is not declared. */
export function toScriptFlow({ id, script }: ConversationShape): FlowDeclaration {
  const names = createNodeNames(script);
  const places = Object.entries(script).flatMap(([thread, lines]) =>
    lines.map((line, index) => ({ line, thread, index })),
  );
  const steps = places.filter(({ thread, index }) => !isFiller(script, thread, index));
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  for (const step of steps) {
    const node = names(step.thread, step.index);
    if (node === undefined) continue;
    nodes.push({ id: node, kind: kindOf(step.line) });
    for (const to of targets(script, step, names)) edges.push({ from: node, to });
  }
  return { id, nodes, edges: unique(edges), content: JSON.stringify(script, textOf) };
}

/** Reads the flow that a waterfall declares: its steps, one after the other. */
export function toWaterfallFlow(waterfall: WaterfallShape): FlowDeclaration {
  const ids = waterfall.steps.map((_, index) => waterfallNodeId(waterfall, index));
  return {
    id: waterfall.id,
    nodes: ids.map((id) => ({ id, kind: 'action' })),
    edges: ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to })),
  };
}

/**
 * Names a step of a waterfall: the name of its function, else `step.` and its position. A name
 * that several steps have is followed by the position.
 */
export function waterfallNodeId(waterfall: WaterfallShape, index: number): string {
  const name = waterfall.waterfallStepName(index);
  if (name === '' || /^Step\d+of\d+$/.test(name)) return `step.${index}`;
  const isUnique = waterfall.steps.every(
    (_, other) => other === index || waterfall.waterfallStepName(other) !== name,
  );
  return isUnique ? name : `${name}@${index}`;
}

/** What kind of node a line is. */
export function kindOf(line: LineShape): NodeKind {
  if (line.action === 'beginDialog') return 'dialog';
  if (line.collect) return 'question';
  return line.action && !line.text ? 'action' : 'message';
}

interface Place {
  readonly line: LineShape;
  readonly thread: string;
  readonly index: number;
}

/** The nodes a line may lead to, as far as the script itself says. */
function targets(script: Script, place: Place, names: NodeNames): readonly string[] {
  const { line } = place;
  const options = line.collect?.options ?? [];
  const paths: readonly (OptionShape | LineShape)[] = line.collect ? options : [line];
  const found = paths.flatMap((path) => targetOf(script, { path, place }, names) ?? []);
  const fallsThrough = line.collect && !options.some((option) => option.default === true);
  const next = nextNode(script, place, names);
  return fallsThrough && next !== undefined ? [...found, next] : found;
}

function targetOf(
  script: Script,
  { path, place }: { readonly path: OptionShape | LineShape; readonly place: Place },
  names: NodeNames,
): string | undefined {
  const { action = 'next' } = path;
  if ('handler' in path && path.handler) return nextNode(script, place, names);
  if (action === 'next' || action === 'beginDialog') return nextNode(script, place, names);
  if (action === 'repeat') return repeated(script, place, names);
  return Object.hasOwn(script, action) ? names(action, 0) : undefined;
}

/** An action repeats the line before it, unless that is a filler, which leads back to the action. */
function repeated(script: Script, { line, thread, index }: Place, names: NodeNames) {
  const isItself = line.collect !== undefined || isFiller(script, thread, index - 1);
  return names(thread, isItself ? index : index - 1);
}

function nextNode(script: Script, { thread, index }: Place, names: NodeNames): string | undefined {
  const next = isFiller(script, thread, index + 1) ? index + 2 : index + 1;
  return names(thread, next);
}

function unique(edges: readonly FlowEdge[]): readonly FlowEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.from}\0${edge.to}`, edge])).values()];
}

/** Functions have no text of their own that would be the same in every process. */
function textOf(_: string, value: unknown): unknown {
  if (typeof value === 'function') return '<function>';
  return value instanceof RegExp ? String(value) : value;
}
