import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { NodeDocument } from '../../documents/journey';
import { usePage } from '../page';
import { Loaded } from '../parts/loaded';
import { useDocument } from '../use-document';
import { NextSteps } from './next-steps';
import { NodeNumbers } from './node-numbers';
import { NodeTables } from './node-tables';
import { WaitingCurve } from './waiting-curve';

/** Everything about a node, beside the map. */
export function NodeCard({ flow, node }: { readonly flow: string; readonly node: string }): VNode {
  const page = usePage();
  const { text, period, attempt, route } = page;
  const heading = useRef<HTMLHeadingElement>(null);
  const loading = useDocument<NodeDocument>({
    name: 'node',
    parameters: { flow, node, version: route.version, ...period },
    attempt,
  });
  useEffect(() => heading.current?.focus(), [flow, node]);
  const close = () => {
    page.go({ view: { kind: 'journey', flow } });
    // Back to where one came from, as soon as the map knows that the card is gone.
    requestAnimationFrame(() => focusNode(node));
  };
  useEscape(close);
  return (
    <aside class="card" aria-label={node}>
      <div class="card-head">
        <h2 ref={heading} tabIndex={-1}>
          {node}
        </h2>
        <button type="button" class="quiet" onClick={close}>
          {text.shell.close}
        </button>
      </div>
      <Loaded loading={loading} show={(document) => <CardBody document={document} />} />
    </aside>
  );
}

function CardBody({ document }: { readonly document: NodeDocument }): VNode {
  const { text } = usePage();
  return (
    <>
      <p class="kind">{text.kinds[document.kind]}</p>
      <h3 class="unseen">{text.node.says}</h3>
      {document.text === undefined ? (
        <p class="too-little">{text.node.noText}</p>
      ) : (
        <blockquote>{document.text}</blockquote>
      )}
      <NodeNumbers document={document} />
      {document.kind === 'question' && <WaitingCurve document={document} />}
      <NextSteps document={document} />
      <NodeTables document={document} />
    </>
  );
}

function focusNode(node: string): void {
  document.querySelector<SVGAElement>(`[data-node="${CSS.escape(node)}"]`)?.focus();
}

function useEscape(close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const press = ({ key, target }: KeyboardEvent) => {
      const isTyping = target instanceof Element && target.matches('input');
      if (key === 'Escape' && !isTyping) latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
