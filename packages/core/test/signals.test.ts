import type { QualityChange } from '../src';
import { START } from './support/clock';
import { Scenario } from './support/scenario';

describe('an opt-out', () => {
  const optOut = ({ tracker, ann }: Scenario) =>
    tracker.signal({
      kind: 'preference',
      channel: 'whatsapp',
      line: 'line1',
      userId: ann.id,
      value: 'stop',
      at: START,
    });

  it('is laid to the node whose message the person got last, and names nobody', () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').say('welcome').ask('size').done();

    optOut(scenario);

    const [told] = scenario.told('preference_changed');
    const [started] = scenario.told('journey_started');
    expect(told).toMatchObject({ value: 'stop', place: { flow: 'order', node: 'size' } });
    expect(told?.user).toEqual(started?.journey.user);
    expect(JSON.stringify(scenario.events)).not.toContain(scenario.ann.id);
  });

  it('of somebody the bot never wrote to is laid to no node', () => {
    const scenario = new Scenario();

    optOut(scenario);

    expect(scenario.told('preference_changed')[0]?.place).toBeUndefined();
  });
});

describe('what a channel says of the business', () => {
  const subject = { kind: 'phone', id: 'line1' } as unknown as QualityChange['subject'];

  it('is told with the time at which it was so', () => {
    const scenario = new Scenario();
    const change = { subject, at: START - 5 } as QualityChange;

    scenario.tracker.signal({ kind: 'quality_event', subject, event: 'FLAGGED', at: START - 9 });
    scenario.tracker.signal({ kind: 'quality_changed', change });

    expect(scenario.events).toMatchObject([
      { kind: 'quality_event', at: START - 9, signal: { event: 'FLAGGED' } },
      { kind: 'quality_changed', at: START - 5, change: { subject } },
    ]);
  });
});
