import type {
  ExposureRef,
  JourneyRef,
  SessionRef,
  TraceRef,
  TurnRef,
  UserRef,
  VisitRef,
} from './refs';
import { Trail } from './trail';
import type { Entry, InputKind, JourneyOutcome, Match, NodeKind, Timestamp } from './vocabulary';

/** A journey as the tracker works on it; observers see it as a {@link JourneyRef}. */
export class Journey implements JourneyRef {
  readonly user: UserRef;
  readonly flow: string;
  id: string;
  version: string;
  exposures: readonly ExposureRef[] = [];
  entry: Entry;
  startedAt: Timestamp;
  sessionId: string;
  /** Inbound messages so far. */
  turns = 0;
  /** Visits so far. */
  visits = 0;
  /** A goal node of the flow has been reached. */
  goalReached = false;
  ended = false;
  /** It belongs to a turn whose steps another turn counted. */
  orphaned = false;
  /** How it ended for us while its dialog lives on; undefined while it runs. */
  abandoned: JourneyOutcome | undefined;
  /** The node it was at last, until somebody interrupted. */
  lastNode: string | undefined;
  trail: Trail = new Trail();
  visit: Visit | undefined;
  /** Where the position is kept between turns. */
  save: (position: string) => void = () => {};
  /** It stands elsewhere than its position says that was kept last. */
  hasMoved = false;

  constructor(start: JourneyStart) {
    this.user = start.user;
    this.flow = start.flow;
    this.id = start.id;
    this.version = start.version;
    this.entry = start.entry;
    this.startedAt = start.startedAt;
    this.sessionId = start.session.id;
  }

  /** The person has said something in it, so that the bot did not only speak at them. */
  get engaged(): boolean {
    return this.turns > 0;
  }

  /** The variant of the first experiment it met: one and the same to its end. */
  get variant(): string {
    const [first] = this.exposures;
    return first ? `${first.experiment}:${first.variant}` : '';
  }

  /** The journey met an experiment; of the same one only the first time counts. */
  expose(exposure: ExposureRef): void {
    if (this.exposures.some(({ experiment }) => experiment === exposure.experiment)) return;
    this.exposures = [...this.exposures, exposure];
  }

  /** It had ended, and the bot goes on with it: from now on it is another journey. */
  beginAgain({ id, turn, version }: NewBeginning): void {
    this.id = id;
    this.version = version;
    this.entry = 'return';
    this.startedAt = turn.startedAt;
    this.sessionId = turn.session.id;
    this.turns = turn.botSpeaksFirst ? 0 : 1;
    this.exposures = [];
    this.goalReached = false;
    this.ended = false;
    this.abandoned = undefined;
    this.orphaned = false;
  }

  /** Another turn counts what it does from now on. */
  orphan(): void {
    this.orphaned = true;
    this.abandoned = undefined;
    this.ended = false;
  }

  /** What observers may know; the rest points back at itself. */
  toJSON(): JourneyRef {
    const { id, flow, version, variant, exposures, entry, startedAt, user, sessionId } = this;
    return { id, flow, version, variant, exposures, entry, startedAt, user, sessionId };
  }
}

interface NewBeginning {
  readonly id: string;
  readonly version: string;
  readonly turn: Pick<TurnRef, 'startedAt' | 'session'> & { readonly botSpeaksFirst: boolean };
}

/** What a journey begins with. */
export interface JourneyStart {
  readonly id: string;
  readonly user: UserRef;
  readonly flow: string;
  readonly version: string;
  readonly entry: Entry;
  readonly startedAt: Timestamp;
  readonly session: Pick<SessionRef, 'id'>;
}

/** The visit a journey is in. */
export class Visit implements VisitRef {
  readonly journey: Journey;
  readonly index: number;
  readonly node: string;
  kind: NodeKind;
  readonly enteredAt: Timestamp;
  /** Names the visit on the waiting list; another one each time the same visit waits again. */
  claimId: string;
  /** Bot time spent here in earlier turns. */
  processingMs = 0;
  askedAt: Timestamp | undefined;
  stallAt: Timestamp = 0;
  dropAt: Timestamp = 0;
  openedBy: TraceRef | undefined;
  repliedAt: Timestamp | undefined;
  inputKind: InputKind | undefined;
  match: Match | undefined;
  loopPeriod: number | undefined;
  /** When the bot last began to work on it in this turn; undefined while it waits. */
  workingSince: Timestamp | undefined;

  constructor(
    journey: Journey,
    start: Pick<Visit, 'index' | 'node' | 'kind' | 'enteredAt' | 'claimId'>,
  ) {
    this.journey = journey;
    this.index = start.index;
    this.node = start.node;
    this.kind = start.kind;
    this.enteredAt = start.enteredAt;
    this.claimId = start.claimId;
  }

  /** What was told when it began holds to its end, so that entries and exits agree in every variant. */
  get variant(): string {
    const [first] = this.journey.exposures;
    return first && first.since <= this.index ? this.journey.variant : '';
  }

  /** The person owes an answer, and has not given one. */
  get waiting(): boolean {
    return this.askedAt !== undefined && this.repliedAt === undefined;
  }

  /** What observers may know. */
  toJSON(): VisitRef {
    const { journey, index, node, kind, variant, enteredAt, askedAt } = this;
    return { journey, index, node, kind, variant, enteredAt, askedAt };
  }
}
