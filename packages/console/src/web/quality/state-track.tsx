import type { TimelineEntry } from '@turnspan/journal';
import type { VNode } from 'preact';
import type { QualityTrack } from '../../documents/quality';
import { type Page, usePage } from '../page';
import { toStateTone } from './to-tone';
import { nameAttribute, nameSubject, nameValue } from './words';

/** The states of one attribute as stretches; where nobody knows it there is a gap. */
export function StateTrack({ track }: { readonly track: QualityTrack }): VNode {
  const page = usePage();
  const { text } = page;
  const attribute = nameAttribute(track.attribute, text);
  const name = `${nameSubject(track.subject, text)} · ${attribute}${track.key ? ` · ${track.key}` : ''}`;
  return (
    <div class="track">
      <h3>{name}</h3>
      <ol aria-label={name}>
        {track.entries.map((entry) => (
          <Stretch key={entry.from} entry={entry} page={page} />
        ))}
      </ol>
    </div>
  );
}

function Stretch({ entry, page }: { readonly entry: TimelineEntry; readonly page: Page }): VNode {
  const { text, format, period } = page;
  const value = nameValue(entry.value, text);
  const words = text.quality.stretch({
    value,
    from: format.moment(entry.from),
    to: entry.to === undefined ? text.quality.now : format.moment(entry.to),
  });
  const length = period.until - period.since;
  const from = Math.max(0, (entry.from - period.since) / length);
  const to = Math.min(1, ((entry.to ?? period.until) - period.since) / length);
  const place = { left: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` };
  return (
    <li class={`stretch ${toStateTone(entry.value)}`} style={place} title={words}>
      <span aria-hidden="true">{value}</span>
      <span class="unseen">{words}</span>
    </li>
  );
}
