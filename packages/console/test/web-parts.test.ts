import type { FlowSummary } from '../src';
import { formatCsv } from '../src/web/export/format-csv';
import { ENGLISH } from '../src/web/language/english';
import { createFormat, sayTooLittle } from '../src/web/language/format';
import { SPANISH } from '../src/web/language/spanish';
import { findNeighbour } from '../src/web/map/neighbour';
import { formatRoute, parseRoute, toPeriod } from '../src/web/route';
import { findPlaces } from '../src/web/search/find-places';
import { toSummary } from './support/made-up/journeys';
import { FLOWS } from './support/made-up/script';

const DAY_MS = 86_400_000;

describe('a route', () => {
  it.each([
    '#/journey',
    '#/journey/order/door_code',
    '#/journey/order?period=24h&version=b04d2f&language=es&display=table',
    '#/journey/a%2Fb%20%3Cc%3E/d%23e',
    '#/investigations',
    '#/investigations/red?period=2026-11-01..2026-11-20',
    '#/experiments?period=90d',
  ])('survives being read and written: %s', (hash) => {
    expect(formatRoute(parseRoute(hash))).toBe(hash);
  });

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/journey?period=forever&language=fr&display=film',
    '#/journey?period=2026-11-20..2026-11-01',
    '#/journey?period=2026-11-20..x',
  ])('that makes no sense leads to the start: %s', (hash) => {
    expect(formatRoute(parseRoute(hash))).toBe('#/journey');
  });

  it('that holds a broken escape is still read', () => {
    expect(parseRoute('#/journey/%E0%A4%A').view).toEqual({
      kind: 'journey',
      flow: '%E0%A4%A',
      node: undefined,
    });
  });
});

describe('a period', () => {
  it('that ends now ends with the minute', () => {
    const { since, until } = toPeriod('24h', Date.UTC(2026, 10, 25, 9, 30, 12));

    expect(until).toBe(Date.UTC(2026, 10, 25, 9, 31));
    expect(until - since).toBe(DAY_MS);
  });

  it('of days holds the last one too', () => {
    const { since, until } = toPeriod({ since: '2026-11-01', until: '2026-11-01' }, 0);

    expect(until - since).toBe(DAY_MS);
  });
});

describe('a search', () => {
  const period = { since: 0, until: 7 * DAY_MS };
  const flows: readonly FlowSummary[] = FLOWS.map((flow) => toSummary(flow, period));

  it.each([
    ['door code', ['order/door_code']],
    ['DOOR_', ['order/door_code']],
    ['garlic', ['order/extras']],
    ['coup', ['coupon/', 'coupon/code']],
    ['  ', []],
    ['nothing like that', []],
  ])('for %p finds %j', (typed, expected) => {
    const found = findPlaces(flows, typed).map(({ flow, node = '' }) => `${flow}/${node}`);

    expect(found).toEqual(expected);
  });
});

describe('CSV', () => {
  it.each([
    ['plain', 'plain'],
    [1.5, '1.5'],
    [-2, '-2'],
    [undefined, ''],
    ['a "quoted", text', '"a ""quoted"", text"'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+1', "'+1"],
    ['@x', "'@x"],
  ])('writes %j as %s', (cell, expected) => {
    expect(formatCsv([[cell, 'end']])).toBe(`${expected},end\r\n`);
  });
});

describe('a format', () => {
  const english = createFormat('en', ENGLISH);
  const spanish = createFormat('es', SPANISH);
  const spaced = (text: string) => text.replaceAll('\u00a0', ' ');
  const rate = { count: 81, total: 263, rate: 0.308, low: 0.255, high: 0.366 };
  const small = { count: 1, total: 80, rate: 0.0125, low: 0.0022, high: 0.067 };

  it.each([
    [english, rate, '31 % (26–37 %)'],
    [english, small, '1.3 % (0.2–6.7 %)'],
    [spanish, small, '1,3 % (0,2–6,7 %)'],
    [english, { ...rate, rate: undefined }, 'not enough data'],
    [spanish, undefined, 'sin datos suficientes'],
  ])('writes a rate with its interval (%#)', (format, proportion, expected) => {
    expect(spaced(format.rate(proportion))).toBe(expected);
  });

  it.each([
    [0.25, '250 ms'],
    [25, '25 s'],
    [210, '3.5 min'],
    [86_400, '24 h'],
    [3 * 86_400, '3 d'],
  ])('writes %d seconds as %s', (seconds, expected) => {
    expect(spaced(english.seconds(seconds))).toBe(expected);
  });

  it('says how much is missing', () => {
    const answer = {
      kind: 'not_enough_data',
      reason: 'It happened too rarely.',
      had: 3,
      needed: 10,
    } as const;

    expect(sayTooLittle(answer, { text: ENGLISH, format: english })).toBe(
      'Not enough data. It happened too rarely. (3 of 10)',
    );
    expect(sayTooLittle(answer, { text: SPANISH, format: spanish })).toBe(
      'No hay datos suficientes (3 de 10).',
    );
  });
});

describe('an arrow key', () => {
  const place = (name: string, x: number, y: number) => ({
    x,
    y,
    lostWidth: 0,
    node: { node: name } as never,
  });
  const middle = place('middle', 0, 0);
  const nodes = [
    middle,
    place('right', 200, 10),
    place('far right', 400, 0),
    place('below', 20, 100),
    place('aside', 100, 300),
    place('left', -200, -40),
  ];

  it.each([
    ['ArrowRight', 'right'],
    ['ArrowLeft', 'left'],
    ['ArrowDown', 'below'],
    ['ArrowUp', 'left'],
    ['Enter', undefined],
  ])('%s leads to %s', (key, expected) => {
    expect(findNeighbour(nodes, middle, key)?.node.node).toBe(expected);
  });
});
