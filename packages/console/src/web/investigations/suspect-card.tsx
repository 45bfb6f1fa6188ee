import type { Evidence, Suspect } from '@turnspan/insights';
import type { VNode } from 'preact';
import type { InvestigationDocument } from '../../documents/investigations';
import { linkTo, usePage } from '../page';
import { Scrolled } from '../parts/scrolled';
import type { DayRange } from '../route';
import { nameSuspect } from './words';

/** A suspect, what the bot says there, and what speaks against it. */
export function SuspectCard({
  suspect,
  document,
}: {
  readonly suspect: Suspect;
  readonly document: InvestigationDocument;
}): VNode {
  const page = usePage();
  const { text } = page;
  const { subject, evidence } = suspect;
  const said = document.texts.find(
    ({ flow, node }) => subject.kind === 'node' && flow === subject.flow && node === subject.node,
  );
  return (
    <li class="panel suspect">
      <h3>{nameSuspect(subject, text)}</h3>
      <Worst evidence={evidence[0]} />
      {said?.text !== undefined && <blockquote>{said.text}</blockquote>}
      <EvidenceTable evidence={evidence} />
      {suspect.volume && <p class="hint">{text.investigation.volume}</p>}
      {subject.kind === 'node' && (
        <a
          href={linkTo(page, {
            view: { kind: 'journey', flow: subject.flow, node: subject.node },
            period: toDays(document),
          })}
        >
          {text.investigation.openStep}
        </a>
      )}
    </li>
  );
}

function Worst({ evidence }: { readonly evidence: Evidence | undefined }): VNode | null {
  const { text, format } = usePage();
  if (!evidence) return null;
  const people = format.count(evidence.peopleAtLeast);
  return (
    <p class="sentence">
      {text.measures[evidence.measure]}: {text.investigation.peopleMore(people)} (
      {text.investigation.days(evidence.windowDays)})
    </p>
  );
}

function EvidenceTable({ evidence }: { readonly evidence: readonly Evidence[] }): VNode {
  const { text, format } = usePage();
  const words = text.investigation;
  return (
    <Scrolled label={words.evidence}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.evidence}</th>
            <th scope="col">{words.window}</th>
            <th scope="col">{words.observed}</th>
            <th scope="col">{words.expected}</th>
            <th scope="col">{words.times}</th>
            <th scope="col">{words.atLeast}</th>
            <th scope="col">{words.chance}</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map((each) => (
            <tr key={`${each.measure}/${each.windowDays}`}>
              <th scope="row">{text.measures[each.measure]}</th>
              <td>{words.days(each.windowDays)}</td>
              <td class="number">{format.number(each.observed)}</td>
              <td class="number">{format.number(each.expected)}</td>
              {/* Against nothing there is no ratio, and JSON has no infinity. */}
              <td class="number">{each.expected > 0 ? format.number(each.ratio) : '–'}</td>
              <td class="number">{format.number(each.atLeast)}</td>
              <td class="number">{each.q < 0.0001 ? '< 0.0001' : format.number(each.q)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function toDays({ period }: InvestigationDocument): DayRange {
  const toDay = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { since: toDay(period.since), until: toDay(period.until) };
}
