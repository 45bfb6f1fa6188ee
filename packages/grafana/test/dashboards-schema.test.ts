import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDashboards } from '../src/dashboards';
import { checkSchema } from './dashboard-schema';

const FOLDER = join(__dirname, '../generated/dashboards');
const texts = createDashboards().map(({ file }) => readFileSync(join(FOLDER, file), 'utf8'));

/** A shipped dashboard in which a text is another one. */
function readSpoilt(from: string, to: string): unknown {
  const text = texts.find((each) => each.includes(from)) ?? '';
  return JSON.parse(text.replace(from, to));
}

// The compiler takes seconds to start, and the machine may be busy.
jest.setTimeout(120_000);

describe('the schema of dashboards', () => {
  it('is that of the shipped ones', () => {
    const complaints = checkSchema(texts.map((text) => JSON.parse(text)));

    expect(complaints).toBe('');
  });

  it('is not that of spoilt ones', () => {
    const complaints = checkSchema([
      readSpoilt('"drawStyle": "line"', '"drawStyle": "wave"'),
      readSpoilt('"lineWidth": 1', '"lineWeight": 1'),
      readSpoilt('"graphMode": "none",', ''),
      readSpoilt('"type": "nodeGraph"', '"type": "nodegraph"'),
      readSpoilt('"graphTooltip": 1', '"graphTooltip": 7'),
    ]);

    expect(complaints).toContain('"wave"');
    expect(complaints).toContain('lineWeight');
    expect(complaints).toContain('graphMode');
    expect(complaints).toContain('"nodegraph"');
    expect(complaints).toContain('7');
  });
});
