import { Scenario } from './support/scenario';
import type { EventOf } from './support/tale';

function variantsOf(scenario: Scenario, kind: 'node_entered' | 'visit_settled'): string[] {
  return scenario.told(kind).map(({ visit }) => `${visit.node} ${visit.variant}`);
}

describe('a variant that is shown', () => {
  it('is on the node whose code asked for it, and on all after it', () => {
    const scenario = new Scenario();
    const scene = scenario.hear().begin('main').say('hello').prepare('size');

    scene.show('ask-size', 'split').send().done();
    scenario.hear().answer().ask('crust').done();

    expect(variantsOf(scenario, 'node_entered')).toEqual([
      'hello ',
      'size ask-size:split',
      'crust ask-size:split',
    ]);
  });

  it('comes too late for a node that has sent something, which keeps none to its end', () => {
    const scenario = new Scenario();

    scenario.hear().begin('main').ask('size').show('ask-size', 'split').done();
    scenario.hear().answer().ask('crust').done();

    expect(variantsOf(scenario, 'visit_settled')).toEqual(['size ']);
    expect(variantsOf(scenario, 'node_entered')).toEqual(['size ', 'crust ask-size:split']);
  });

  it('is on a journey of its flow that begins later in the turn', () => {
    const scenario = new Scenario();

    scenario.hear().show('ask-size', 'split').begin('side').begin('main').ask('size').done();

    const started = scenario.told('journey_started').map(({ journey }) => journey);
    expect(started.map(({ flow, variant }) => `${flow} ${variant}`)).toEqual([
      'side ',
      'main ask-size:split',
    ]);
  });

  it('stays the first one when a second experiment comes, which is remembered beside it', () => {
    const scenario = new Scenario();

    const scene = scenario.hear().begin('main').show('ask-size', 'split').ask('size');
    scene.show('greeting', 'short').show('greeting', 'long').end().done();

    const [ended] = scenario.told('journey_ended') as EventOf<'journey_ended'>[];
    expect(ended?.journey.variant).toBe('ask-size:split');
    expect(ended?.journey.exposures).toEqual([
      { experiment: 'ask-size', variant: 'split', since: 1 },
      { experiment: 'greeting', variant: 'short', since: 2 },
    ]);
  });

  it('leaves no trace on the journey if it does not count', () => {
    const scenario = new Scenario();

    scenario.hear().begin('main').show('ask-size', 'split', { counts: false }).ask('size').done();

    const [told] = scenario.told('variant_shown');
    expect(told?.shown).toMatchObject({ variant: 'split', counts: false });
    expect(variantsOf(scenario, 'node_entered')).toEqual(['size ']);
  });

  it('is forgotten when a journey begins anew', async () => {
    const scenario = new Scenario();
    scenario.hear().begin('main').show('ask-size', 'split').ask('size').done();
    await scenario.pass(3 * 86_400_000);

    scenario.hear().answer().ask('crust').done();

    expect(scenario.told('journey_started').map(({ journey }) => journey.variant)).toEqual([
      '',
      '',
    ]);
    expect(variantsOf(scenario, 'visit_settled')).toEqual(['size ask-size:split']);
  });
});
