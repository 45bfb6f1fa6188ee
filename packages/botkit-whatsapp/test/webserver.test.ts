import { installWebhook, type Webserver } from '../src/webserver';

const serve = () => {};
const layer = (name: string) => ({ name });

/** A web server whose router is found under a name, as in one version of Express. */
function createServerWith(member: '_router' | 'router', stack: unknown[]): Webserver {
  return { [member]: { stack }, all: (path: string) => stack.push(layer(path)) };
}

it.each(['_router', 'router'] as const)('moves the route ahead of the parsers in %s', (member) => {
  const stack: unknown[] = ['query', 'jsonParser', 'urlencodedParser', 'session'].map(layer);

  installWebhook(createServerWith(member, stack), '/hook', serve);

  expect(stack).toEqual(['query', '/hook', 'jsonParser', 'urlencodedParser', 'session'].map(layer));
});

it('leaves the route where it is when nothing parses', () => {
  const stack: unknown[] = [layer('query'), undefined];

  installWebhook(createServerWith('_router', stack), '/hook', serve);

  expect(stack).toEqual([layer('query'), undefined, layer('/hook')]);
});

it('adds the GET where there is no route for all methods', () => {
  const get = jest.fn();

  installWebhook({ get }, '/hook', serve);

  expect(get).toHaveBeenCalledWith('/hook', serve);
});
