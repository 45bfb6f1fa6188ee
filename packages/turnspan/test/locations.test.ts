import { parseLocation } from '../src/locations';

describe('a location', () => {
  it.each([
    ['data/store.sqlite', { kind: 'file', file: 'data/store.sqlite' }],
    ['/var/lib/bot/store', { kind: 'file', file: '/var/lib/bot/store' }],
    ['C:\\bot\\store', { kind: 'file', file: 'C:\\bot\\store' }],
    ['file:///var/lib/my%20bot', { kind: 'file', file: '/var/lib/my bot' }],
    [':memory:', { kind: 'file', file: ':memory:' }],
    ['memory:', { kind: 'memory' }],
    ['redis://cache:6379/1', { kind: 'redis', url: 'redis://cache:6379/1' }],
    ['rediss://cache', { kind: 'redis', url: 'rediss://cache' }],
    ['postgres://u:p@db/bot', { kind: 'postgres', url: 'postgres://u:p@db/bot' }],
    ['postgresql://db', { kind: 'postgres', url: 'postgresql://db' }],
  ])('is read from %s', (text, location) => {
    expect(parseLocation('store', text)).toEqual(location);
  });

  it.each(['mysql://root:secret@db', 'redis://:secret@', 'https://secret.example'])(
    'is refused without showing what may be secret: %s',
    (text) => {
      expect(() => parseLocation('store', text)).toThrow(
        expect.objectContaining({
          code: 'OPTION_INVALID',
          message: expect.stringMatching(
            /Expected `store` to be .*, got one that begins with \w+:/,
          ),
        }),
      );
      expect(() => parseLocation('store', text)).not.toThrow(/secret/);
    },
  );
});
