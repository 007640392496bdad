export { ERROR_CODES, type ErrorCode } from './error-code.ts';
export {
  BellowsError,
  formatPlace,
  type BellowsErrorOptions,
  type Place,
} from './bellows-error.ts';
export {
  missing,
  observed,
  observedNumber,
  type Missing,
  type Observed,
  type Present,
} from './observed.ts';
export type {
  Condition,
  ConditionStatus,
  LabelSelector,
  LabelSelectorRequirement,
  ObjectEvent,
  ObjectMeta,
} from './object-meta.ts';
export type { Endpoint, EndpointPort, EndpointSlice } from './endpoint-slice.ts';
export { createRandom, type Random } from './random.ts';
export type { DecisionInput, DecisionRecord, DecisionStep } from './decision-record.ts';
export { Quantity } from './quantity/quantity.ts';
export type { QuantityFormat } from './quantity/suffix.ts';
