import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATA_SOURCE } from './data-sources';
import { IN_VARIANT, select, shared } from './queries';

/** Marks when WhatsApp changed its mind, when a flow changed, and when a variant was first met. */
export function createAnnotations(): AnnotationQueryBuilder[] {
  return [
    createMoment('Quality change', {
      query: toMilliseconds(shared('whatsapp_state_changed_timestamp_seconds', { by: 'kind, id' })),
      title: '{{kind}} changed',
      text: '{{id}}',
      color: 'yellow',
    }),
    createMoment('Flow change', {
      query: toMilliseconds(
        shared('conversation_flow_changed_timestamp_seconds', { by: 'flow, version' }),
      ),
      title: '{{flow}} changed',
      text: 'version {{version}}',
      color: 'blue',
    }),
    createBuilder('Experiment start', {
      query: toFirstMet(),
      title: '{{flow}}: variant {{variant}}',
      text: 'first journey within a day',
      color: 'purple',
    }),
  ];
}

interface Annotation {
  readonly query: string;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

/** The value of the query is the moment. */
function createMoment(name: string, annotation: Annotation): AnnotationQueryBuilder {
  return createBuilder(name, annotation).useValueForTime(true);
}

function createBuilder(
  name: string,
  { query, title, text, color }: Annotation,
): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATA_SOURCE)
    .enable(true)
    .hide(false)
    .iconColor(color)
    .expr(query)
    .titleFormat(title)
    .textFormat(text);
}

function toMilliseconds(query: string): string {
  return `${query} * 1000`;
}

/** Variants of whose journeys there was none in the day before the step. */
function toFirstMet(): string {
  const journeys = select('conversation_journeys_started_total', { where: IN_VARIANT });
  const before = `last_over_time(${journeys}[1d] offset $__interval)`;
  const labels = 'flow, variant';
  return `group by (${labels}) (${journeys}) unless on (${labels}) group by (${labels}) (${before})`;
}
