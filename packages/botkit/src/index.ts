export {
  type BotkitPlugin,
  type BotkitPluginOptions,
  createBotkitPlugin,
  type Middleware,
} from './plugin';
export type {
  ActivityShape,
  BotShape,
  ContextShape,
  ControllerShape,
  DialogContextShape,
  DialogSetShape,
  DialogShape,
  InstanceShape,
  SendHandler,
} from './shapes';
