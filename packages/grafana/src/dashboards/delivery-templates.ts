import { shared } from './queries';
import { RATINGS, type State, TEMPLATE_STATUSES, toCode } from './states';
import { column } from './targets';
import { toMappings } from './visuals/state-timeline';
import { createTable } from './visuals/table';

const BY = 'template, language';

/** Every template with its status, its rating and the end of its pause. */
export function createTemplates(): ReturnType<typeof createTable> {
  const until = shared('whatsapp_template_paused_until_timestamp_seconds', { by: BY });
  return createTable(
    {
      key: 'templates',
      title: 'Which templates are in trouble?',
      description:
        'Status and rating of each template, the worst first, and how long a pause lasts.',
      unit: 'none',
      height: 10,
      targets: [
        column(toStatus(), 'status'),
        column(toRating(), 'rating'),
        column(`clamp_min(${until} - time(), 0)`, 'paused'),
      ],
    },
    {
      columns: [
        { from: 'template', title: 'Template' },
        { from: 'language', title: 'Language', width: 100 },
        { from: 'status', title: 'Status', mappings: toStates(TEMPLATE_STATUSES) },
        { from: 'rating', title: 'Rating', mappings: toStates(RATINGS) },
        { from: 'paused', title: 'Paused for', unit: 'dtdurations' },
      ],
      sortBy: 'Status',
    },
  );
}

function toStatus(): string {
  return toCode('whatsapp_template_status', {
    label: 'status',
    states: TEMPLATE_STATUSES,
    by: BY,
  });
}

function toRating(): string {
  return toCode('whatsapp_template_quality_rating', { label: 'rating', states: RATINGS, by: BY });
}

function toStates(states: Readonly<Record<string, State>>): ReturnType<typeof toMappings> {
  return toMappings(Object.values(states));
}
