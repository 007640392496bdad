export type { MetricFamily, MetricType, Sample } from './metric-family.ts';
export { DEFAULT_EXPOSITION_LIMITS, type ExpositionLimits } from './exposition-limits.ts';
export { parseExposition } from './parse-exposition.ts';
export {
  readExposition,
  type CommentEvent,
  type ExpositionEvent,
  type HelpEvent,
  type SampleEvent,
  type TypeEvent,
} from './read-exposition.ts';
export { EXPOSITION_CONTENT_TYPE, writeExposition } from './write-exposition.ts';
export { formatFloat, formatOpenMetricsFloat } from './float-text.ts';
