export { defaultDurationSeconds, rateAt } from './arrivals.ts';
export { CLIENT_PERIOD_SECONDS } from './connection-pool.ts';
export {
  createLoad,
  DEFAULT_MAX_CONNECTIONS,
  DEFAULT_REQUESTS_PER_CONNECTION,
  DEFAULT_TIMEOUT_MS,
} from './create-load.ts';
export { parseLoadOption, parseLoadProfile } from './load-profile.ts';
export type {
  LastSecondAccount,
  LatencyQuantiles,
  Load,
  LoadAccount,
  LoadOptions,
  LoadProfile,
  Loss,
  LossCounts,
  LossKind,
  ProfilePoint,
  RequestTemplate,
} from './load.ts';
export { parseRequestTemplate } from './request-template.ts';
