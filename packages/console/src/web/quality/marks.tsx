import type { VNode } from 'preact';
import type { QualityMark } from '../../documents/quality';
import { linkTo, usePage } from '../page';

/** Lines through the whole timeline, at moments worth one. */
export function Marks({ marks }: { readonly marks: readonly QualityMark[] }): VNode {
  const page = usePage();
  const { period, text, format } = page;
  return (
    <ul class="marks">
      {marks.map((mark) => {
        const part = (mark.at - period.since) / (period.until - period.since);
        const style = { left: `${part * 100}%` };
        const when = format.moment(mark.at);
        return mark.kind === 'investigation' ? (
          <li key={mark.id} class="mark investigation" style={style}>
            <a
              href={linkTo(page, { view: { kind: 'investigations', id: mark.id } })}
              aria-label={`${text.quality.investigation}, ${when}`}
              title={`${text.quality.investigation}, ${when}`}
            >
              ?
            </a>
          </li>
        ) : (
          <li key={`${mark.flow}/${mark.version}`} class="mark version" style={style}>
            <span title={`${text.quality.newVersion}: ${mark.flow} ${mark.version}, ${when}`}>
              <span aria-hidden="true">▾</span>
              <span class="unseen">{`${text.quality.newVersion}: ${mark.flow} ${mark.version}, ${when}`}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
