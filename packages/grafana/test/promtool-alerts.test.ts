import { describeWith } from '../../../test/support/servers/binary';
import { FAST, MINUTES } from './rules/alert-case';
import { ALERT_CASES } from './rules/cases';
import { runCases } from './rules/promtool';

describeWith('promtool', (promtool) => {
  it.each([
    ['within minutes', MINUTES],
    ['against weeks before', FAST],
  ])(
    'alerts %s fire when they should, and only then',
    (_, clock) => {
      const alerts = ALERT_CASES.filter((cases) => cases.clock === clock);

      const complaints = runCases(promtool, clock, alerts);

      expect(alerts).not.toEqual([]);
      expect(complaints).toEqual([]);
    },
    180_000,
  );
});
