import type { VNode } from 'preact';
import type { FlowsDocument } from '../../documents/flows';
import type { JourneyDocument } from '../../documents/journey';
import { usePage } from '../page';

/** Which flow it is, and how its journeys end. */
export function FlowHead({
  journey,
  flows,
}: {
  readonly journey: JourneyDocument;
  readonly flows: FlowsDocument;
}): VNode {
  const page = usePage();
  const { text, format } = page;
  return (
    <div class="flow-head">
      <h1>
        <label>
          <span class="unseen">{text.journey.flow}</span>
          <select
            class="flow-name"
            value={journey.flow}
            onChange={({ currentTarget: { value } }) =>
              page.go({ view: { kind: 'journey', flow: value }, version: undefined })
            }
          >
            {toNames(journey.flow, flows).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </h1>
      {journey.versions.length > 1 && <VersionChoice journey={journey} />}
      <dl class="totals">
        <div>
          <dt>{text.journey.journeys}</dt>
          <dd>{format.count(journey.journeys)}</dd>
        </div>
        <div>
          <dt>{text.journey.completed}</dt>
          <dd>{format.rate(journey.completed)}</dd>
        </div>
        <div>
          <dt>{text.journey.dropped}</dt>
          <dd>{format.rate(journey.dropped)}</dd>
        </div>
      </dl>
    </div>
  );
}

function VersionChoice({ journey }: { readonly journey: JourneyDocument }): VNode {
  const page = usePage();
  const { text, format, route } = page;
  return (
    <label class="version">
      <span>{text.journey.version}</span>
      <select
        value={route.version ?? ''}
        onChange={({ currentTarget: { value } }) => page.go({ version: value || undefined })}
      >
        <option value="">{text.journey.allVersions}</option>
        {journey.versions.map(({ version, since }) => (
          <option key={version} value={version}>
            {`${version} · ${format.day(since)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A link may lead to a flow that is not in the list of the period. */
function toNames(flow: string, { flows }: FlowsDocument): readonly string[] {
  const names = flows.map((each) => each.flow);
  return names.includes(flow) ? names : [flow, ...names];
}
