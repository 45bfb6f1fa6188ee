import { emitIn, type TrackerContext } from './context';
import type { Visit } from './journey';
import type { Turn } from './turn';
import type { ConfusionSignal, VisitOutcome } from './vocabulary';

/** A visit that ends, and where it leads. */
export interface JudgedVisit {
  readonly visit: Visit;
  readonly outcome: VisitOutcome;
  /** The node the journey goes to, if it goes on. */
  readonly to: string | undefined;
}

/** Notes what an answer says about its question, once it is known where it led. */
export function judgeAnswer(
  context: TrackerContext,
  turn: Turn,
  { visit, outcome, to }: JudgedVisit,
): void {
  const repliedNow = visit.repliedAt === turn.startedAt;
  if (repliedNow) judgeInput(context, turn, visit);
  if (repliedNow || visit === turn.owed) judgePlea(context, turn, visit);
  const unfit = visit.match === 'default' || visit.match === 'unmatched';
  if (outcome === 'repeated' && unfit) confuse(context, turn, { visit, signal: 'no_match' });
  if (outcome === 'jumped' && repliedNow && !leadsToOrFromMenu(context, visit, to)) {
    confuse(context, turn, { visit, signal: 'back' });
  }
}

/** Going back and forth is what a menu is for. */
function leadsToOrFromMenu(
  { settings }: TrackerContext,
  { journey: { flow }, node }: Visit,
  to: string | undefined,
): boolean {
  return settings.isMenu(flow, node) || (to !== undefined && settings.isMenu(flow, to));
}

/** Notes that the person pleaded for help or for a human, unless the question offered it. */
export function judgePlea(context: TrackerContext, turn: Turn, visit: Visit): void {
  const { plea } = turn;
  turn.plea = undefined;
  if (plea && visit.match !== 'matched') confuse(context, turn, { visit, signal: plea });
}

function judgeInput(context: TrackerContext, turn: Turn, visit: Visit): void {
  const { journey, node, match } = visit;
  const captured = match === 'matched' || match === 'accepted';
  const { identical } = journey.trail.answer(node, turn.inputHash, captured);
  if (identical) confuse(context, turn, { visit, signal: 'identical_input' });
  if (visit.inputKind === 'media' && !context.settings.expectsMedia(journey.flow, node)) {
    confuse(context, turn, { visit, signal: 'media' });
  }
}

function confuse(
  context: TrackerContext,
  turn: Turn,
  { visit, signal }: { readonly visit: Visit; readonly signal: ConfusionSignal },
): void {
  emitIn(context, turn, { kind: 'node_confused', at: turn.now(), visit, turn, signal });
}
