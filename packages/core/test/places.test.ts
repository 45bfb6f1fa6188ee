import { Places } from '../src/places';

const AT_SIZE = { channel: 'web', line: 'one', flow: 'order', node: 'size' };

describe('places', () => {
  it('have one number each for as long as anybody waits there', () => {
    const places = new Places();

    const numbers = [AT_SIZE, { ...AT_SIZE, line: 'two' }, { ...AT_SIZE }].map((place) =>
      places.enter(place),
    );

    expect(numbers[0]).toBe(numbers[2]);
    expect(numbers[0]).not.toBe(numbers[1]);
    expect(numbers.map((number) => places.at(number).line)).toEqual(['one', 'two', 'one']);
  });

  it('are counted by node, whatever the line, and with 0 after the last one has left', () => {
    const places = new Places();
    const [one, two] = ['one', 'two'].map((line) => places.enter({ ...AT_SIZE, line }));
    const sameTextDifferently = { ...AT_SIZE, flow: 'orders', node: 'ize' };
    places.leave(places.enter(sameTextDifferently), { stalled: false });

    places.stall(one ?? -1);
    places.stall(two ?? -1);
    places.leave(two ?? -1, { stalled: true });

    expect(places.toCounts()).toEqual([
      { flow: 'order', node: 'size', waiting: 1, stalled: 1 },
      { flow: 'orders', node: 'ize', waiting: 0, stalled: 0 },
    ]);
  });

  it('where nobody waits are forgotten when there are too many, the oldest first', () => {
    const places = new Places();

    for (let node = 0; node < 1_005; node += 1) {
      places.leave(places.enter({ ...AT_SIZE, node: `node${node}` }), { stalled: false });
    }

    const counts = places.toCounts();
    expect(counts).toHaveLength(1_000);
    expect(counts.some(({ node }) => node === 'node0')).toBe(false);
  });
});
