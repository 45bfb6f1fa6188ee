import type { VNode } from 'preact';
import type { JourneyDocument, JourneyNode } from '../../documents/journey';
import { linkTo, type Page, usePage } from '../page';
import { TooLittle } from '../parts/too-little';

/** What is wrong, in a sentence. */
export function Headline({ journey }: { readonly journey: JourneyDocument }): VNode {
  const page = usePage();
  const { worst, nodes, flow } = journey;
  if (worst.kind !== 'found') return <TooLittle answer={worst} />;
  const node = nodes.find((each) => each.node === worst.value);
  if (!node) return <p class="headline calm">{page.text.journey.noneWorse}</p>;
  return (
    <div class="headline">
      <p class="sentence">{toSentence(node, page)}</p>
      <p class="more">
        {toComparison(node, journey, page)}{' '}
        <a href={linkTo(page, { view: { kind: 'journey', flow, node: node.node } })}>
          {page.text.journey.showStep}
        </a>
      </p>
    </div>
  );
}

function toSentence({ node, dropped, confused }: JourneyNode, { text, format }: Page): string {
  const isConfusion = (confused?.low ?? 0) > (dropped?.high ?? 0);
  const rate = isConfusion ? confused : dropped;
  if (rate?.rate === undefined) return `${text.journey.worst}: ${node}`;
  const words = { node, rate: format.percent(rate.rate), interval: format.interval(rate) };
  return isConfusion ? text.journey.headlineConfused(words) : text.journey.headline(words);
}

function toComparison(
  node: JourneyNode,
  { nodes }: JourneyDocument,
  { text, format }: Page,
): string {
  const mates = nodes.filter((each) => each !== node && each.dropped !== undefined);
  const total = mates.reduce((sum, { dropped }) => sum + (dropped?.total ?? 0), 0);
  const count = mates.reduce((sum, { dropped }) => sum + (dropped?.count ?? 0), 0);
  if (total === 0 || node.trouble.kind !== 'found' || node.trouble.value.people < 1) return '';
  return text.journey.beyond({
    people: format.count(node.trouble.value.people),
    mates: format.percent(count / total),
  });
}
