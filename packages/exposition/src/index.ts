export type { Exemplar, MetricFamily, MetricType, Sample } from './metric-family.ts';
export { DEFAULT_EXPOSITION_LIMITS, type ExpositionLimits } from './exposition-limits.ts';
export {
  contentTypeOf,
  syntaxOf,
  TEXT_FORMAT,
  type EscapingScheme,
  type ExpositionFormat,
  type ExpositionSyntax,
  type ExpositionVersion,
} from './format/exposition-format.ts';
export { negotiateFormat, OFFERED_VERSIONS, SCRAPE_ACCEPT } from './format/negotiate-format.ts';
export { readContentType } from './format/read-content-type.ts';
export type { ExpositionOptions } from './read/exposition-options.ts';
export type {
  CommentEvent,
  ExpositionEvent,
  HelpEvent,
  SampleEvent,
  TypeEvent,
  UnitEvent,
} from './read/exposition-event.ts';
export { createExpositionStream, type ExpositionStream } from './read/exposition-stream.ts';
export { parseExposition } from './read/parse-exposition.ts';
export { readExposition } from './read/read-exposition.ts';
export {
  histogramSamples,
  type HistogramBucket,
  type HistogramReading,
} from './write/histogram-samples.ts';
export { encodeExposition, writeExposition } from './write/write-exposition.ts';
export { formatFloat, formatOpenMetricsFloat, parseFloatText } from './float-text.ts';
export { createPageReader, type PageReaderOptions } from './page/page-reader.ts';
export type { PageReader, PageReading, PageSeries } from './page/page-reading.ts';
