import type { VNode } from 'preact';
import type { JourneyDocument, JourneyNode } from '../../documents/journey';
import { linkTo, usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';
import { Scrolled } from '../parts/scrolled';
import { toLevel, toTone } from './trouble';

/** The same as the map, in words and numbers. */
export function JourneyTable({ journey }: { readonly journey: JourneyDocument }): VNode {
  const { text, format } = usePage();
  const { journey: words } = text;
  return (
    <Scrolled label={words.steps}>
      <table>
        <caption>{words.steps}</caption>
        <thead>
          <tr>
            <th scope="col">{text.search.step}</th>
            <th scope="col">{words.people}</th>
            <th scope="col">{words.dropped}</th>
            <th scope="col">{words.confused}</th>
            <th scope="col">{words.loops}</th>
            <th scope="col">{words.waiting}</th>
            <th scope="col">{words.trouble}</th>
          </tr>
        </thead>
        <tbody>
          {journey.nodes.map((node) => (
            <StepRow key={node.node} flow={journey.flow} node={node} />
          ))}
        </tbody>
      </table>
      <table>
        <caption>{words.ways}</caption>
        <thead>
          <tr>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.to}</th>
            <th scope="col">{words.people}</th>
          </tr>
        </thead>
        <tbody>
          {journey.edges.map(({ from, to, people }) => (
            <tr key={`${from}→${to}`}>
              <td>{from}</td>
              <td>{to}</td>
              <td class="number">{format.count(people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function StepRow({ flow, node }: { readonly flow: string; readonly node: JourneyNode }): VNode {
  const page = usePage();
  const { format, text } = page;
  const level = toLevel(node.trouble);
  return (
    <tr>
      <th scope="row">
        <a href={linkTo(page, { view: { kind: 'journey', flow, node: node.node } })}>{node.node}</a>
      </th>
      <td class="number">{format.count(node.people)}</td>
      <td>
        {node.dropped ? (
          <IntervalBar rate={node.dropped} tone={toTone(node.trouble, node.dropped)} />
        ) : (
          '–'
        )}
      </td>
      <td>{node.confused ? <IntervalBar rate={node.confused} /> : '–'}</td>
      <td class="number">{format.count(node.loops)}</td>
      <td class="number">{format.count(node.waiting)}</td>
      <td>
        <i class={`level ${level}`} aria-hidden="true" /> {text.levels[level]}
      </td>
    </tr>
  );
}
