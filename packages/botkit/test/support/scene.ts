import { brokenLaws } from './laws';
import { type Outcome, playPlain, playTracked, type Scene } from './run';
import { story } from './story';

/**
 * Plays a scene with and without the plugin, holds it to what must always be true (the bot is not
 * changed in anything it sends, stores or logs; the events keep the laws) and returns what the
 * tracker made of it.
 */
export async function play(scene: Scene): Promise<Outcome> {
  const plain = await playPlain(scene);
  const tracked = await playTracked(scene);
  expect(tracked.transcript).toEqual(plain.transcript);
  expect(tracked.state).toEqual(plain.state);
  expect(brokenLaws(tracked.events)).toEqual([]);
  return tracked;
}

/** Plays a scene and tells what the tracker made of it. */
export async function tell(scene: Scene): Promise<readonly string[]> {
  const { events } = await play(scene);
  return story(events);
}
