export {
  beginVariant,
  type DialogStarter,
  gotoVariant,
  type PickVariant,
  type ThreadedConversation,
} from './branching';
export { createNodeNames, type NodeNames } from './node-names';
export {
  type BotkitPlugin,
  type BotkitPluginOptions,
  createBotkitPlugin,
  type Middleware,
  type Moment,
} from './plugin';
export type { ChooseText, RandomText } from './random-texts';
export type {
  ActivityShape,
  BotShape,
  ContextShape,
  ControllerShape,
  DialogContextShape,
  DialogSetShape,
  DialogShape,
  InstanceShape,
  LineShape,
  Script,
  SendHandler,
} from './shapes';
