import type { VNode } from 'preact';
import type { InvestigationDocument } from '../../documents/investigations';
import { saveCsv } from '../export/csv';
import { usePage } from '../page';
import { TooLittle } from '../parts/too-little';
import { SuspectCard } from './suspect-card';
import { nameSuspect, sayTrigger } from './words';

/** What was found out: the suspects in their order, each with its evidence. */
export function InvestigationReport({
  document,
}: {
  readonly document: InvestigationDocument;
}): VNode {
  const page = usePage();
  const { text, format } = page;
  const { answer, at, trigger } = document;
  const suspects = answer.kind === 'found' ? answer.value.suspects : [];
  return (
    <article>
      <time dateTime={new Date(at).toISOString()}>{format.moment(at)}</time>
      <h1>{sayTrigger(trigger, page)}</h1>
      {trigger.kind === 'quality' && trigger.reason !== undefined && (
        <blockquote>{trigger.reason}</blockquote>
      )}
      <div class="panel-head">
        <h2>{text.investigation.suspects}</h2>
        {suspects.length > 0 && (
          <button type="button" class="quiet" onClick={() => saveEvidence(document)}>
            {text.shell.csv}
          </button>
        )}
      </div>
      <TooLittle answer={answer} />
      {answer.kind === 'found' && suspects.length === 0 && <p>{text.investigation.innocent}</p>}
      <ol class="cards">
        {suspects.map((suspect) => (
          <SuspectCard key={nameSuspect(suspect.subject, text)} {...{ suspect, document }} />
        ))}
      </ol>
      {suspects.length > 0 && <p class="hint">{text.investigation.caveat}</p>}
      {document.traces.length > 0 && <Traces document={document} />}
    </article>
  );
}

function Traces({ document }: { readonly document: InvestigationDocument }): VNode {
  const { text, format } = usePage();
  return (
    <section>
      <h2>{text.investigation.traces}</h2>
      <p class="hint">{text.investigation.tracesHint}</p>
      <ul class="traces">
        {document.traces.map(({ sessionId, flow, node, at, url }) => (
          <li key={`${node} ${sessionId} ${at}`}>
            {format.moment(at)}, {flow} / {node}{' '}
            {isWebAddress(url) ? (
              <a href={url} rel="noreferrer noopener" target="_blank">
                <code>{sessionId}</code>
              </a>
            ) : (
              <code>{sessionId}</code>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A link that came out of a journal must not be a script. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function saveEvidence({ id, answer }: InvestigationDocument): void {
  if (answer.kind !== 'found') return;
  const head = [
    'rank',
    'subject',
    'measure',
    'days',
    'observed',
    'expected',
    'ratio',
    'at_least',
    'q',
  ];
  const rows = answer.value.suspects.flatMap(({ subject, evidence }, index) =>
    evidence.map((each) => [
      index + 1,
      subject.kind === 'node' ? `${subject.flow}/${subject.node}` : subject.template,
      each.measure,
      each.windowDays,
      each.observed,
      each.expected,
      each.ratio,
      each.peopleAtLeast,
      each.q,
    ]),
  );
  saveCsv(`turnspan-investigation-${id}`, [head, ...rows]);
}
