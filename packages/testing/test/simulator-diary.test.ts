import { Bookkeeper, Diary, Ledger, Phone, type SentMessage } from '../src';

const MONDAY = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TEXTS = { 'order/hello': 'Hi!', 'order/size': 'Which size?', 'order/thanks': 'Thanks.' };
const ENDPOINT = { channel: 'whatsapp', line: '15550001' };

/** A customer whose phone gets what the bot says, and the ledger of what the diary is told. */
function createCustomer() {
  const ledger = new Ledger();
  const phone = new Phone({ phone: '16505551234' });
  const diary = new Diary({
    phone,
    book: new Bookkeeper(ledger, ENDPOINT),
    texts: TEXTS,
    stallAfterMs: 30 * MINUTE,
    dropAfterMs: () => DAY,
  });
  const says = (at: number) => {
    phone.wrote(at, at - 500);
    diary.turns(at, { wrote: true });
  };
  const hears = (body: string, acceptedAt: number) => {
    phone.receive(toMessage(body, acceptedAt), []);
  };
  return { ledger, phone, diary, says, hears };
}

function toMessage(body: string, acceptedAt: number): SentMessage {
  return {
    id: `wamid.${acceptedAt}`,
    phoneNumberId: ENDPOINT.line,
    to: '16505551234',
    type: 'text',
    body: { text: { body } },
    receivedAt: acceptedAt - 100,
    acceptedAt,
    tag: undefined,
  };
}

/** The customer has written and was asked for the size, a second later. */
function createAsked() {
  const customer = createCustomer();
  customer.says(MONDAY);
  customer.hears('Which size?', MONDAY + 1000);
  customer.diary.begins('order', 'user');
  customer.diary.asks('size');
  return customer;
}

describe('a diary', () => {
  it('enters a true tale into the ledger', () => {
    const { diary, ledger, says, hears } = createAsked();

    says(MONDAY + 61_000);
    hears('Thanks.', MONDAY + 63_000);
    diary.settles('advanced');
    diary.passes('thanks', 'completed');
    diary.ends('completed');
    diary.check();

    const at = { flow: 'order', node: 'size' };
    expect(ledger.total('conversation_journeys_started_total', { entry: 'user' })).toBe(1);
    expect(ledger.total('conversation_journeys_ended_total', { outcome: 'completed' })).toBe(1);
    expect(ledger.total('conversation_node_exits_total', { ...at, outcome: 'advanced' })).toBe(1);
    expect(ledger.total('conversation_transitions_total', { from: 'size', to: 'thanks' })).toBe(1);
    const samples = [
      { name: 'conversation_reply_wait_seconds_sum', labels: at, value: 60 },
      {
        name: 'conversation_journey_seconds_sum',
        labels: { flow: 'order', outcome: 'completed' },
        value: 63,
      },
      {
        name: 'conversation_journey_turns_sum',
        labels: { flow: 'order', outcome: 'completed' },
        value: 2,
      },
      {
        name: 'conversation_response_seconds_sum',
        labels: { flow: 'order', ...ENDPOINT, responder: 'bot' },
        value: 3,
      },
      {
        name: 'conversation_first_response_seconds_sum',
        labels: { flow: 'order', ...ENDPOINT, responder: 'bot' },
        value: 1,
      },
      { name: 'conversation_felt_response_seconds_sum', labels: ENDPOINT, value: 4 },
    ];
    const checks = ledger.check(samples);
    expect(checks.filter(({ actual }) => actual !== undefined)).toHaveLength(samples.length);
    expect(checks.filter(({ right, actual }) => !right && actual !== undefined)).toEqual([]);
  });

  it.each([
    ['completed', 1],
    ['stopped', 0],
  ])('has a variant on all that follows it, and a goal if it was %s', (outcome, reached) => {
    const { diary, ledger, says, hears } = createAsked();
    const shown = { experiment: 'ask-thanks', variant: 'kind', goal: 'completed' };

    says(MONDAY + 61_000);
    hears('Thanks.', MONDAY + 63_000);
    diary.settles('advanced');
    diary.shows(shown);
    diary.passes('thanks', outcome);
    diary.ends(outcome);

    const variant = 'ask-thanks:kind';
    const count = (name: string, labels = {}) => ledger.total(`conversation_${name}_total`, labels);
    expect(count('experiment_exposures', { experiment: 'ask-thanks', variant: 'kind' })).toBe(1);
    expect(count('experiment_conversions', { variant: 'kind', goal: 'completed' })).toBe(reached);
    expect(count('node_entries', { node: 'size', variant })).toBe(0);
    expect(count('node_exits', { node: 'thanks', variant, outcome })).toBe(1);
    expect(count('journeys_ended', { variant, outcome })).toBe(1);
    expect(count('journeys_started', { variant })).toBe(0);
  });

  it('knows a stall and a drop by their deadlines', () => {
    const { diary, ledger } = createAsked();

    diary.drops();

    expect(ledger.total('conversation_node_stalls_total')).toBe(1);
    expect(ledger.total('conversation_node_exits_total', { outcome: 'dropped' })).toBe(1);
    expect(ledger.total('conversation_journeys_ended_total', { outcome: 'dropped' })).toBe(1);
  });

  it.each([
    ['at once', 0, { flow: 'order', node: 'size', stalled: false }],
    ['after 29 minutes', 29 * MINUTE, { flow: 'order', node: 'size', stalled: false }],
    ['after half an hour', 30 * MINUTE, { flow: 'order', node: 'size', stalled: true }],
  ])('knows where an answer is owed %s', (_, ms, owed) => {
    const { diary } = createAsked();

    expect(diary.owed(MONDAY + 1000 + ms)).toEqual(owed);
  });

  it.each<[string, (diary: Diary) => void, string]>([
    ['that leaves out a message', (diary) => diary.check(), 'Nobody told of the message "Hi!"'],
    [
      'in which the bot said something else',
      (diary) => diary.passes('thanks'),
      'Expected "Thanks.", got "Hi!"',
    ],
    [
      'in which the bot said more',
      (diary) => {
        diary.passes('hello');
        diary.passes('thanks');
      },
      'Expected "Thanks.", got nothing',
    ],
    [
      'of a node nobody knows',
      (diary) => diary.asks('colour'),
      'Nobody knows what order/colour says',
    ],
    [
      'of an answer to no question',
      (diary) => diary.settles('advanced'),
      'Nothing is open in order',
    ],
    [
      'of a node in no flow',
      (diary) => {
        diary.ends('completed');
        diary.passes('hello');
      },
      'No flow is open',
    ],
    ['of words that were not said', (diary) => diary.hears('Bye.'), 'Expected "Bye.", got "Hi!"'],
  ])('refuses a tale %s', (_, tell, message) => {
    const { diary, says, hears } = createCustomer();
    says(MONDAY);
    hears('Hi!', MONDAY + 1000);
    diary.begins('order', 'user');

    expect(() => tell(diary)).toThrow(message);
  });
});

describe('a phone', () => {
  it('is owed an answer from the first message of a burst to the first answer', () => {
    const { phone, says, hears } = createCustomer();

    says(MONDAY);
    says(MONDAY + 5000);
    const before = phone.isOwed(MONDAY + 6000);
    hears('Hi!', MONDAY + 7000);
    hears('Which size?', MONDAY + 8000);

    expect([before, phone.isOwed(MONDAY + 9000)]).toEqual([true, false]);
    expect(phone.inbox.map(({ response }) => response)).toEqual([
      { seconds: 7, feltSeconds: 7.5, first: true, responder: 'bot' },
      undefined,
    ]);
  });

  it('begins a new session after a day of silence', () => {
    const { phone, says, hears } = createCustomer();

    for (const at of [MONDAY, MONDAY + MINUTE, MONDAY + MINUTE + DAY + 1000]) {
      says(at);
      hears('Hi!', at + 1000);
    }

    expect(phone.inbox.map(({ response }) => response?.first)).toEqual([true, false, true]);
  });
});
