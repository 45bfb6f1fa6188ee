export { Actor, type MakeWebhook, type SendOptions, type Stage } from './actor';
export {
  Bookkeeper,
  type Endpoint,
  type Place,
  type ShownVariant,
} from './bookkeeper';
export { Diary, type DiarySetup } from './diary';
export {
  addUp,
  type ExposedSample,
  type LabelValues,
  parseExposition,
  seriesKey,
} from './exposition';
export { Ledger, type LedgerCheck } from './ledger';
export { Phone, type PhoneMessage, type PhoneResponse, textOf } from './phone';
export { Random } from './random';
export { Simulation, type SimulationOptions, type Tale } from './simulation';
export { VirtualClock } from './virtual-clock';
