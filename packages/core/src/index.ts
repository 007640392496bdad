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
export type { MetricSource } from './metric-source.ts';
export {
  answerHealth,
  answerOneCheck,
  type HealthAnswer,
  type HealthCheck,
  type HealthQuery,
} from './health/health-answer.ts';
export { createRandom, type Random } from './random.ts';
export type {
  Counterfactual,
  DecisionInput,
  DecisionRecord,
  DecisionStep,
  NextChange,
} from './decision-record.ts';
export { Quantity, type ExactQuantity } from './quantity/quantity.ts';
export type { QuantityFormat } from './quantity/suffix.ts';
export { formatGoDuration, parseGoDuration } from './duration/go-duration.ts';
export {
  formatPrometheusDuration,
  parsePrometheusDuration,
} from './duration/prometheus-duration.ts';
export {
  intValueOf,
  parseIntOrString,
  parseIntOrStringJson,
  resolveFenceposts,
  scaledIntOrPercent,
  type Fenceposts,
  type IntOrString,
} from './int-or-string/int-or-string.ts';
export {
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  type LengthWord,
} from './names/dns-names.ts';
export { nearestSpelling } from './names/nearest-spelling.ts';
export { labelKeyProblems, labelValueProblems } from './selector/label-syntax.ts';
export type { LabelOperator, LabelRequirement } from './selector/label-requirement.ts';
export { Selector } from './selector/selector.ts';
export { selectorFromLabelSelector, toLabelSelector } from './selector/label-selector.ts';
export { parseLabelSelector } from './selector/parse-label-selector.ts';
export {
  parseFieldSelector,
  type FieldRequirement,
  type FieldSelector,
} from './selector/field-selector.ts';
export { SampleWindow, type SampleWindowOptions } from './window/sample-window.ts';
export type { TimeRange } from './window/time-range.ts';
export { increaseOverTime, rateOverTime, type RateRange } from './window/increase-over-time.ts';
export { averageOverTime, maxOverTime } from './window/values-over-time.ts';
export { bucketQuantile, type Bucket } from './window/bucket-quantile.ts';
export { groupByLabels, type Labelled } from './window/group-by-labels.ts';
