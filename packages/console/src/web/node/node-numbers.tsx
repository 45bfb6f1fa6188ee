import type { VNode } from 'preact';
import type { NodeDocument } from '../../documents/journey';
import { toLevel, toTone } from '../map/trouble';
import { linkTo, usePage } from '../page';
import { IntervalBar } from '../parts/interval-bar';
import { TooLittle } from '../parts/too-little';

/** The numbers of a node, each rate with its interval. */
export function NodeNumbers({ document }: { readonly document: NodeDocument }): VNode {
  const page = usePage();
  const { text, format } = page;
  const level = toLevel(document.trouble);
  return (
    <section>
      <h3 class="unseen">{text.node.numbers}</h3>
      <dl class="counts">
        <Count label={text.journey.people} value={format.count(document.people)} />
        <Count label={text.journey.settled} value={format.count(document.settled)} />
        <Count label={text.journey.waiting} value={format.count(document.waiting)} />
        <Count label={text.journey.loops} value={format.count(document.loops)} />
      </dl>
      <p class="verdict-line">
        <i class={`level ${level}`} aria-hidden="true" /> {text.journey.trouble}:{' '}
        {text.levels[level]}
      </p>
      <TooLittle answer={document.trouble} />
      {document.dropped ? (
        <Rates document={document} />
      ) : (
        <p class="too-little">{text.node.nobodyOwes}</p>
      )}
      {document.child !== undefined && (
        <a href={linkTo(page, { view: { kind: 'journey', flow: document.child } })}>
          {text.node.openChild}
        </a>
      )}
    </section>
  );
}

function Count({ label, value }: { readonly label: string; readonly value: string }): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Rates({ document }: { readonly document: NodeDocument }): VNode {
  const { text } = usePage();
  const { dropped, netDropped, matesDropped, confused, trouble } = document;
  const rates = [
    { label: text.node.dropped, rate: dropped, tone: toTone(trouble, dropped) },
    { label: text.node.net, rate: netDropped },
    { label: text.node.mates, rate: matesDropped },
    { label: text.node.confused, rate: confused },
  ];
  return (
    <dl class="rates">
      {rates.map(({ label, rate, tone = 'plain' }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <IntervalBar rate={rate} tone={tone} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
