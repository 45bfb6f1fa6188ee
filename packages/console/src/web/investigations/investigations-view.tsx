import type { VNode } from 'preact';
import type {
  InvestigationDocument,
  InvestigationSummary,
  InvestigationsDocument,
} from '../../documents/investigations';
import { linkTo, type Page, usePage } from '../page';
import { Loaded } from '../parts/loaded';
import { useDocument } from '../use-document';
import { InvestigationReport } from './investigation-report';
import { nameSuspect, sayTrigger } from './words';

/** All investigations, or one of them. */
export function InvestigationsView({ id }: { readonly id: string | undefined }): VNode {
  return id === undefined ? <List /> : <One key={id} id={id} />;
}

function List(): VNode {
  const { text, attempt } = usePage();
  const loading = useDocument<InvestigationsDocument>({
    name: 'investigations',
    parameters: {},
    attempt,
  });
  return (
    <div class="reading">
      <h1>{text.investigation.title}</h1>
      <Loaded
        loading={loading}
        show={({ investigations }) =>
          investigations.length === 0 ? (
            <p class="too-little">{text.investigation.none}</p>
          ) : (
            <ol class="cards">
              {investigations.map((each) => (
                <Entry key={each.id} investigation={each} />
              ))}
            </ol>
          )
        }
      />
    </div>
  );
}

function Entry({ investigation }: { readonly investigation: InvestigationSummary }): VNode {
  const page = usePage();
  const { format } = page;
  const { id, at, trigger } = investigation;
  return (
    <li class="panel">
      <time dateTime={new Date(at).toISOString()}>{format.moment(at)}</time>
      <h2>
        <a href={linkTo(page, { view: { kind: 'investigations', id } })}>
          {sayTrigger(trigger, page)}
        </a>
      </h2>
      <p>{sayFound(investigation, page)}</p>
    </li>
  );
}

function sayFound({ suspect, enough }: InvestigationSummary, { text }: Page): string {
  if (suspect) return `${text.investigation.suspect}: ${nameSuspect(suspect, text)}`;
  return enough ? text.investigation.innocent : text.investigation.tooLittle;
}

function One({ id }: { readonly id: string }): VNode {
  const page = usePage();
  const loading = useDocument<InvestigationDocument>({
    name: 'investigation',
    parameters: { id },
    attempt: page.attempt,
  });
  return (
    <div class="reading">
      <a class="back-link" href={linkTo(page, { view: { kind: 'investigations' } })}>
        ← {page.text.investigation.all}
      </a>
      <Loaded loading={loading} show={(document) => <InvestigationReport document={document} />} />
    </div>
  );
}
