export type {
  Load,
  LoadAccount,
  LoadOptions,
  LoadProfile,
  LossKind,
  ProfilePoint,
  RequestTemplate,
} from './load.ts';
