import type { VNode } from 'preact';
import type { QualityDocument } from '../../documents/quality';
import { usePage } from '../page';
import { Scrolled } from '../parts/scrolled';
import { sayValue } from './series-chart';
import { nameAttribute, nameSubject, nameValue } from './words';

/** The same as the timeline, in words and numbers. */
export function QualityTable({ quality }: { readonly quality: QualityDocument }): VNode {
  const page = usePage();
  const { text, format } = page;
  const words = text.quality;
  return (
    <Scrolled label={words.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{text.period.since}</th>
            <th scope="col">{text.period.until}</th>
          </tr>
        </thead>
        <tbody>
          {quality.tracks.flatMap(({ subject, attribute, entries }) =>
            entries.map(({ from, to, value }) => (
              <tr key={`${subject.id}/${attribute}/${from}`}>
                <th scope="row">{`${nameSubject(subject, text)} · ${nameAttribute(attribute, text)}`}</th>
                <td>{nameValue(value, text)}</td>
                <td class="number">{format.moment(from)}</td>
                <td class="number">{to === undefined ? words.now : format.moment(to)}</td>
              </tr>
            )),
          )}
          {quality.series.flatMap((series) =>
            series.points.map((point) => (
              <tr key={`${series.name}/${point.since}`}>
                <th scope="row">{text.series[series.name]}</th>
                <td>{sayValue(series, point, page)}</td>
                <td class="number">{format.moment(point.since)}</td>
                <td class="number">{format.moment(point.until)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </Scrolled>
  );
}
