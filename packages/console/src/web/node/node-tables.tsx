import type { VNode } from 'preact';
import type { NodeDocument } from '../../documents/journey';
import { usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';
import { Scrolled } from '../parts/scrolled';

/** Signs of confusion, circles and versions of a node. */
export function NodeTables({ document }: { readonly document: NodeDocument }): VNode {
  return (
    <>
      {document.signals.length > 0 && <Signals document={document} />}
      {document.circles.length > 0 && <Circles document={document} />}
      {document.byVersion.length > 0 && <Versions document={document} />}
    </>
  );
}

function Signals({ document }: { readonly document: NodeDocument }): VNode {
  const { text, format } = usePage();
  return (
    <Scrolled label={text.node.signals}>
      <table>
        <caption>{text.node.signals}</caption>
        <thead>
          <tr>
            <th scope="col">{text.node.signal}</th>
            <th scope="col">{text.node.here}</th>
            <th scope="col">{text.node.elsewhere}</th>
          </tr>
        </thead>
        <tbody>
          {document.signals.map(({ signal, own, mates }) => (
            <tr key={signal}>
              <th scope="row">{text.signals[signal] ?? signal}</th>
              <td class="number">{format.rate(own)}</td>
              <td class="number">{format.rate(mates)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function Circles({ document }: { readonly document: NodeDocument }): VNode {
  const { text, format } = usePage();
  return (
    <section>
      <h3>{text.node.circles}</h3>
      <ul>
        {document.circles.map(({ nodes, journeys }) => (
          <li key={nodes.join()}>
            {text.node.circle({
              nodes: [...nodes, nodes[0]].join(' → '),
              journeys: format.count(journeys),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ document }: { readonly document: NodeDocument }): VNode {
  const { text, format } = usePage();
  return (
    <Scrolled label={text.node.versions}>
      <table>
        <caption>{text.node.versions}</caption>
        <thead>
          <tr>
            <th scope="col">{text.journey.version}</th>
            <th scope="col">{text.node.since}</th>
            <th scope="col">{text.node.dropped}</th>
          </tr>
        </thead>
        <tbody>
          {document.byVersion.map(({ version, since, dropped }) => (
            <tr key={version}>
              <th scope="row">{version}</th>
              <td>{format.day(since)}</td>
              <td>
                <IntervalBar rate={dropped} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
