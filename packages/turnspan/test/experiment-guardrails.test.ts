import type { JourneyOutcome, QualityChange, TrackerEvent, TurnRef } from '@turnspan/core';
import { type Declaration, parseDeclaration } from '@turnspan/experiments';
import { GuardrailWatch } from '../src/experiments/guardrail-watch';

const EXPERIMENT = parseDeclaration('ask-size', { variants: ['one', 'split'], flow: 'pizza' });
const AT = 1_700_000_000_000;
const USERS = 400;

function turnOf(id: string): TurnRef {
  const user = { channel: 'whatsapp', line: '1', key: id };
  const start = { id, user, startedAt: AT, proactive: false, session: { id: `s${id}` } };
  return { ...start, inputKind: 'text', messageKey: undefined, trace: undefined };
}

function shown(turn: TurnRef, variant: string): TrackerEvent {
  const run = { flow: 'pizza', salt: 'ask-size', reason: 'store', counts: true, since: AT };
  const shown = { experiment: 'ask-size', variant, first: true, ...run };
  return { kind: 'variant_shown', at: AT, turn, journey: undefined, shown };
}

function ended({ id, user }: TurnRef, variant: string, outcome: JourneyOutcome): TrackerEvent {
  const exposures = [{ experiment: 'ask-size', variant, since: 1 }];
  const about = { id, user, flow: 'pizza', version: '1', variant, exposures, startedAt: AT };
  const journey = { ...about, entry: 'user', sessionId: `s${id}` } as const;
  return { kind: 'journey_ended', at: AT, journey, turn: undefined, outcome, seconds: 1, turns: 1 };
}

function responded(turn: TurnRef, seconds: number): TrackerEvent {
  const response = { flow: 'pizza', responder: 'bot', first: false, seconds } as const;
  return { kind: 'responded', at: AT, turn, feltSeconds: undefined, ...response };
}

function left({ user }: TurnRef): TrackerEvent {
  return { kind: 'preference_changed', at: AT, user, value: 'stop', place: undefined };
}

/** As many users in both variants; what happens to those of the second is said by the case. */
function watchUsers(happens: (turn: TurnRef, isBad: boolean) => readonly TrackerEvent[]) {
  const watch = new GuardrailWatch();
  for (let index = 0; index < 200; index += 1) watch.observe(responded(turnOf(`u${index}`), 1));
  for (let index = 0; index < USERS; index += 1) {
    for (const variant of EXPERIMENT.variants) {
      const turn = turnOf(`${variant}${index}`);
      const isBad = variant === 'split' && index % 3 === 0;
      for (const event of [shown(turn, variant), ...happens(turn, isBad)]) watch.observe(event);
    }
  }
  return watch;
}

function broken(watch: GuardrailWatch, declaration: Declaration = EXPERIMENT): readonly string[] {
  return watch.findBreaches(declaration).map(({ variant, guardrail }) => `${variant} ${guardrail}`);
}

const variantOf = ({ id }: TurnRef) => (id.startsWith('split') ? 'split' : 'one');

describe('the guardrails of a process', () => {
  it.each([
    [
      'errors',
      (turn: TurnRef, isBad: boolean) => [
        ended(turn, variantOf(turn), isBad ? 'failed' : 'completed'),
      ],
    ],
    ['first_response', (turn: TurnRef, isBad: boolean) => [responded(turn, isBad ? 30 : 1)]],
    ['opt_outs', (turn: TurnRef, isBad: boolean) => (isBad ? [left(turn)] : [])],
  ])('find the variant that makes %s worse', (guardrail, happens) => {
    const watch = watchUsers(happens);

    expect(broken(watch)).toEqual([`split ${guardrail}`]);
  });

  it('leave a variant alone that is as good as the control', () => {
    const watch = watchUsers((turn) => [
      responded(turn, 1),
      ended(turn, variantOf(turn), 'completed'),
    ]);

    expect(broken(watch)).toEqual([]);
  });

  it('begin anew for a variant that is shown again', () => {
    const watch = watchUsers((turn, isBad) => (isBad ? [left(turn)] : []));

    watch.forget('ask-size', 'split');

    expect(broken(watch)).toEqual([]);
  });

  it('leave out what the declaration does not name', () => {
    const watch = watchUsers((turn, isBad) => (isBad ? [left(turn)] : []));

    expect(broken(watch, { ...EXPERIMENT, guardrails: ['errors'] })).toEqual([]);
  });

  it.each([
    ['GREEN', 'YELLOW', ['split quality_rating']],
    ['YELLOW', 'GREEN', []],
  ])('take a rating from %s to %s for what it is', (from, value, expected) => {
    const watch = watchUsers(() => []);
    const subject = { kind: 'phone', id: '1' } as const;
    const times = { at: AT, observedAt: AT, source: 'poll' } as const;
    const change: QualityChange = { subject, attribute: 'rating', value, from, ...times };

    watch.observe({ kind: 'quality_changed', at: AT, change });

    expect(broken(watch)).toEqual(expected);
  });
});
