import type { DeliveryStatus, Journey, Timestamp, Turn } from '../../../core/src';
import { optOut, SAMPLE_LINE, type SentMessage, statusUpdate } from '../../../testing/src';
import { REMINDER } from './flows';
import { rhythm } from './habits';
import { LINE } from './meta';
import { HOUR, MINUTE, SECOND } from './time';
import type { VirtualBot } from './virtual-bot';

interface Person {
  readonly id: string;
  /** Where they stand in the bot, as the bot keeps it. */
  position: string | undefined;
  /** Whether the last message of the bot reaches them. */
  reached: boolean;
  /** What they are shown of the experiment, if they take part. */
  variant?: string;
}

interface Question {
  readonly journey: Journey;
  readonly question: string;
}

/** A conversation yields how many milliseconds pass until its next step. */
type Conversation = Generator<number, void>;

const REMINDERS_PER_CONVERSATION = 0.2;
const TURN_MS = 120;
const EXPERIMENT = 'wording';

/** People who come and go, and talk with a bot. */
export class Conversations {
  readonly #bot: VirtualBot;
  #people = 0;
  #messages = 0;

  constructor(bot: VirtualBot) {
    this.#bot = bot;
  }

  /** From now on people come. */
  begin(): void {
    this.#arrive(
      () => this.#bot.habits.conversationsPerHour,
      () => this.#order(),
    );
    this.#arrive(
      () => this.#bot.habits.conversationsPerHour * REMINDERS_PER_CONVERSATION,
      () => this.#reminder(),
    );
    this.#arrive(
      () => this.#bot.habits.containedPerHour,
      () => void this.#bot.tracker.contained(new Error('a store that failed')),
    );
  }

  /** Somebody comes at a random time, and then the next one, more of them by day. */
  #arrive(perHour: () => number, welcome: () => Conversation | undefined): void {
    const { agenda, clock, random } = this.#bot;
    // A rate that may change, or be 0, is looked at again and again; most looks lead to nobody.
    const busiest = () => Math.max(perHour() * 2, 30);
    const again = () => {
      const rate = perHour() * rhythm(clock.time);
      const here = random.next() < rate / looks ? welcome() : undefined;
      if (here) this.#play(here);
      looks = busiest();
      agenda.add(clock.time + (-Math.log(1 - random.next()) / looks) * HOUR, again);
    };
    let looks = busiest();
    agenda.add(clock.time, again);
  }

  #play(conversation: Conversation): void {
    const { agenda, clock } = this.#bot;
    const { value, done } = conversation.next();
    if (!done) agenda.add(clock.time + value, () => this.#play(conversation));
  }

  *#order(): Conversation {
    const { flow, random, habits } = this.#bot;
    const person = this.#meet();
    const first = random.between(0, flow.questions.length - flow.length);
    const questions = flow.questions.slice(first, first + flow.length);
    if (!this.#hear(person, 'hi', (turn) => this.#start(turn, person, questions[0] ?? ''))) return;
    for (const [index, question] of questions.entries()) {
      const answered = yield* this.#answer(person, question);
      if (!answered) return;
      const next = questions[index + 1];
      const goOn = (turn: Turn, journey: Journey | undefined) => {
        if (!journey) return;
        this.#bot.tracker.answer(turn, journey, { kind: 'text', match: 'accepted' });
        if (next !== undefined) this.#ask(turn, person, { journey, question: next });
        else this.#thank(turn, journey, person);
      };
      if (!this.#hear(person, `answer ${random.next()}`, goOn)) return;
    }
    if (random.next() < habits.optOuts) yield* this.#optOut(person);
  }

  /** Before somebody gives an answer that fits they may be silent, or give others. */
  *#answer(person: Person, question: string): Generator<number, boolean> {
    const { random, habits } = this.#bot;
    if (!person.reached) return false;
    const rate = (of: Readonly<Record<string, number>>) => of[question] ?? of['*'] ?? 0;
    if (random.next() < rate(habits.silence)) return false;
    yield this.#think();
    if (random.next() < habits.pleas) return this.#plead(person);
    if (random.next() >= rate(habits.misfit)) return true;
    const times = random.next() < habits.stubbornness ? 4 : 1;
    for (let time = 0; time < times; time += 1) {
      const repeat = (turn: Turn, journey: Journey | undefined) => {
        if (!journey) return;
        this.#bot.tracker.answer(turn, journey, { kind: 'text', match: 'unmatched' });
        this.#ask(turn, person, { journey, question });
      };
      if (!this.#hear(person, `what? ${random.next()}`, repeat)) return false;
      yield this.#think();
    }
    return true;
  }

  /** Whoever asks for a person gets one. */
  #plead(person: Person): boolean {
    const { agenda, clock, tracker } = this.#bot;
    this.#hear(person, 'agent', (turn, journey) => {
      if (!journey) return;
      tracker.answer(turn, journey, { kind: 'text', match: 'unmatched' });
      tracker.handOff(turn, [journey]);
      const answer = () => this.#speakFirst(person, (reply) => this.#send(reply, person));
      agenda.add(clock.time + 2 * MINUTE, answer);
    });
    person.position = undefined;
    return false;
  }

  *#reminder(): Conversation {
    const { tracker, random, habits } = this.#bot;
    const person = this.#meet();
    this.#speakFirst(person, (turn) => {
      const journey = tracker.begin(turn, this.#beginning(person, REMINDER.id));
      this.#ask(turn, person, { journey, question: REMINDER.question });
    });
    if (!person.reached || random.next() < 0.4 + (habits.silence['*'] ?? 0)) return;
    yield this.#think();
    this.#hear(person, 'yes', (turn, journey) => {
      if (!journey) return;
      tracker.answer(turn, journey, { kind: 'text', match: 'accepted' });
      tracker.end(turn, journey, 'completed');
      this.#send(turn, person);
    });
  }

  *#optOut({ id }: Person): Conversation {
    yield MINUTE;
    this.#bot.receive(optOut({ phone: id }, this.#bot.clock.time, SAMPLE_LINE));
  }

  #meet(): Person {
    this.#people += 1;
    return { id: `3460${this.#people}`, position: undefined, reached: true };
  }

  #think(): number {
    return (10 - 60 * Math.log(1 - this.#bot.random.next())) * SECOND;
  }

  /** Somebody writes, and the bot deals with it; false if the bot leaves them without an answer. */
  #hear(
    person: Person,
    text: string,
    act: (turn: Turn, journey: Journey | undefined) => void,
  ): boolean {
    const { tracker, clock, random, habits } = this.#bot;
    const waitedMs = habits.responseSeconds * SECOND * (0.5 + random.next());
    const receivedAt = clock.now() - waitedMs;
    const turn = tracker.startTurn({
      channel: 'whatsapp',
      line: LINE,
      userId: person.id,
      inputKind: 'text',
      text,
      receipt: { receivedAt, receivedTick: receivedAt, sentAt: receivedAt - SECOND },
    });
    const journey = this.#load(turn, person);
    const isNeglected = random.next() < habits.neglect;
    if (!isNeglected) {
      clock.advance(TURN_MS * random.next());
      act(turn, journey);
    }
    tracker.endTurn(turn);
    return !isNeglected;
  }

  #speakFirst(person: Person, act: (turn: Turn) => void): void {
    const { tracker } = this.#bot;
    const turn = tracker.startTurn({ channel: 'whatsapp', line: LINE, userId: person.id });
    act(turn);
    tracker.endTurn(turn);
  }

  #load(turn: Turn, person: Person): Journey | undefined {
    const { tracker } = this.#bot;
    if (person.position === undefined) return undefined;
    const journey = tracker.load(turn, person.position, keepOf(person));
    if (journey) tracker.resume(turn, [journey]);
    return journey;
  }

  #start(turn: Turn, person: Person, question: string): void {
    const { tracker, flow } = this.#bot;
    this.#showVariant(turn, person);
    const journey = tracker.begin(turn, this.#beginning(person, flow.id));
    this.#ask(turn, person, { journey, question });
  }

  #showVariant(turn: Turn, person: Person): void {
    const { tracker, metrics, variants, random, flow, clock } = this.#bot;
    if (variants === undefined) return;
    const variant = random.pick(variants);
    person.variant = variant;
    metrics.paused({ experiment: EXPERIMENT, variant }, false);
    tracker.show(turn, [], {
      experiment: EXPERIMENT,
      variant,
      flow: flow.id,
      salt: '1',
      reason: 'assigned',
      counts: true,
      first: true,
      since: clock.now(),
    });
  }

  #beginning(person: Person, flow: string) {
    return { flow, parents: [], save: keepOf(person) };
  }

  #ask(turn: Turn, person: Person, { journey, question }: Question): void {
    const { tracker } = this.#bot;
    tracker.enter(turn, journey, { id: question, kind: 'question' });
    tracker.aboutToAsk(turn, journey);
    this.#send(turn, person);
  }

  #thank(turn: Turn, journey: Journey, person: Person): void {
    const { tracker, metrics } = this.#bot;
    const { variant } = person;
    if (variant !== undefined) metrics.converted({ experiment: EXPERIMENT, variant }, 'thanks');
    tracker.enter(turn, journey, { id: 'thanks', kind: 'message' });
    this.#send(turn, person);
    tracker.end(turn, journey, 'completed');
    person.position = undefined;
  }

  /** The channel takes a message, and tells later what became of it. */
  #send(turn: Turn, person: Person): void {
    const { tracker, random, habits, clock } = this.#bot;
    const sending = tracker.send(turn);
    tracker.sent(turn, sending, { messages: 1, parents: [] });
    this.#messages += 1;
    const id = `wamid.${this.#messages}`;
    const report = this.#report({ id, to: person.id, tag: sending.tag });
    const at = clock.time;
    const code = failureOf(habits.failures, random.next());
    person.reached = code === undefined;
    if (code !== undefined) {
      report('failed', at + 3 * SECOND, code);
      return;
    }
    report('sent', at + SECOND);
    report('delivered', at + 2 * SECOND);
    if (random.next() < habits.reading) report('read', at + random.between(3, 300) * SECOND);
  }

  #report(message: Pick<SentMessage, 'id' | 'to' | 'tag'>) {
    const pricing = { category: 'service', billable: false, type: 'free_customer_service' };
    return (status: DeliveryStatus, at: Timestamp, code?: number): void =>
      this.#bot.at(at, () => {
        const failure = code === undefined ? {} : { code };
        this.#bot.receive(statusUpdate({ message, status, at, pricing, ...failure }));
      });
  }
}

function keepOf(person: Person): (position: string) => void {
  return (position) => {
    person.position = position;
  };
}

/** The code that a message fails with, drawn by the shares of the codes. */
function failureOf(shares: Readonly<Record<string, number>>, drawn: number): number | undefined {
  let rest = drawn;
  for (const [code, share] of Object.entries(shares)) {
    rest -= share;
    if (rest < 0) return Number(code);
  }
  return undefined;
}
