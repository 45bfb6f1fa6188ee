import { Tracker } from '@turnspan/core';
import type { ContextShape } from '../src/shapes';
import { Tracking } from '../src/tracking';

/** A context as the Bot Framework makes one for a message. */
function createContext(userId: string): ContextShape {
  const turnState = new Map<unknown, unknown>();
  const activity = { type: 'message', text: 'hi', channelId: 'whatsapp', from: { id: userId } };
  return { activity, turnState, onSendActivities: () => undefined } as unknown as ContextShape;
}

function start({ followsCode = false } = {}) {
  const tracking = new Tracking(new Tracker(), { followsCode });
  const open = (userId: string) => tracking.openInbound(createContext(userId));
  return { tracking, open };
}

describe('the turn of the present code', () => {
  it('is the only one that runs, if nobody has asked before', () => {
    const { tracking, open } = start();
    const ann = open('ann');

    expect(tracking.inside(ann, () => tracking.current())).toBe(ann);
  });

  it('is not known the first time if several run', () => {
    const { tracking, open } = start();
    const ann = open('ann');
    open('bob');

    const [first, second] = [1, 2].map(() => tracking.inside(ann, () => tracking.current()));

    expect(first).toBeUndefined();
    expect(second).toBe(ann);
  });

  it('is known the first time too, if code is followed from the start', async () => {
    const { tracking, open } = start({ followsCode: true });
    const [ann, bob] = [open('ann'), open('bob')];
    const askLater = async () => {
      await Promise.resolve();
      return tracking.current();
    };

    const found = await Promise.all([
      tracking.inside(ann, askLater),
      tracking.inside(bob, askLater),
    ]);

    expect(found).toEqual([ann, bob]);
  });

  it.each([false, true])('is none where none runs, followed: %s', (followsCode) => {
    const { tracking, open } = start({ followsCode });
    const { turn } = open('ann');
    tracking.tracker.endTurn(turn);

    expect([tracking.current(), tracking.current()]).toEqual([undefined, undefined]);
  });
});
