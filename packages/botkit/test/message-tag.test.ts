import { MESSAGE_TAG, Tracker } from '@turnspan/core';
import { watchSends } from '../src/sends';
import type { ActivityShape, ContextShape, SendHandler } from '../src/shapes';
import { Tracking } from '../src/tracking';

/** A context that gives away what was to watch its sends. */
function createContext() {
  let watch: SendHandler = () => Promise.reject(new Error('Nothing was watched.'));
  const context = {
    activity: { type: 'message', text: 'hi', channelId: 'whatsapp', from: { id: 'ann' } },
    turnState: new Map<unknown, unknown>(),
    onSendActivities: (handler: SendHandler) => {
      watch = handler;
    },
  } as unknown as ContextShape;
  const send = (activity: ActivityShape, next: () => Promise<unknown>) =>
    watch(context, [activity], next);
  return { context, send };
}

describe('the tag of a message', () => {
  it('that cannot be written is counted, and nothing that the channel hears of', async () => {
    const onError = jest.fn();
    const tracker = new Tracker({ onError });
    jest.spyOn(tracker, 'send').mockReturnValue({
      startedAt: 0,
      visit: { journey: {} } as never,
      get tag(): string {
        throw new TypeError('no hash');
      },
    });
    const { context, send } = createContext();
    const activity: ActivityShape = { type: 'message', text: 'hello' };
    watchSends(new Tracking(tracker, { followsCode: false }), context);

    const read = async () => (activity as { readonly [MESSAGE_TAG]?: unknown })[MESSAGE_TAG];
    const tag = await send(activity, read);

    expect(tag).toBeUndefined();
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'no hash' }));
  });
});
