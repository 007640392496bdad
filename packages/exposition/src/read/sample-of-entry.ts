import { normalizeBound } from '../float-text.ts';
import type { Exemplar, MetricType, Sample } from '../metric-family.ts';
import type { EntryScanner } from './entry-scanner.ts';
import { OpenMetricsScanner, type ScannedExemplar } from './openmetrics-scanner.ts';
import { LABEL_FIELDS } from './series-scanner.ts';
import { texts } from './text-pool.ts';

type Labels = Record<string, string>;

/** The sample whose line the scanner has passed. */
export function sampleOfEntry(scanner: EntryScanner): Sample {
  const name = nameOfEntry(scanner);
  const labels = labelsOfEntry(scanner);
  const { value, timestampMs } = scanner;
  const exemplar = scanner instanceof OpenMetricsScanner ? scanner.exemplar : undefined;
  if (Number.isNaN(timestampMs) && exemplar === undefined) return { name, labels, value };
  return {
    name,
    labels,
    value,
    ...(Number.isNaN(timestampMs) ? {} : { timestampMs }),
    ...(exemplar === undefined ? {} : { exemplar: exemplarOf(scanner.bytes, exemplar) }),
  };
}

/** The name of the series whose line the scanner has passed. */
export function nameOfEntry({ bytes, nameStart, nameEnd, hasEscapes }: EntryScanner): string {
  const name = texts.get(bytes, nameStart, nameEnd);
  return hasEscapes ? unescapeLabel(name) : name;
}

/** The labels of the line that the scanner has passed, `le` and `quantile` in OpenMetrics' spelling. */
export function labelsOfEntry(scanner: EntryScanner): Labels {
  const { labelCount, texts: known, type } = scanner;
  readTexts(scanner);
  const labels: Labels = {};
  for (let index = 0; index < labelCount; index += 1) {
    setLabel(labels, known[2 * index] ?? '', known[2 * index + 1] ?? '');
  }
  normalizeLabels(labels, type);
  return labels;
}

/** Makes the texts of the labels that are not known from the sample before. */
function readTexts(scanner: EntryScanner): void {
  const { bytes, labels: places, labelCount, hasEscapes, texts: known } = scanner;
  for (let index = scanner.knownTexts; index < labelCount; index += 1) {
    const field = index * LABEL_FIELDS;
    const name = texts.get(bytes, places[field] ?? 0, places[field + 1] ?? 0);
    const value = texts.get(bytes, places[field + 2] ?? 0, places[field + 3] ?? 0);
    known[2 * index] = hasEscapes ? unescapeLabel(name) : name;
    known[2 * index + 1] = hasEscapes ? unescapeLabel(value) : value;
  }
  scanner.knownTexts = labelCount;
}

function normalizeLabels(labels: Labels, type: MetricType): void {
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
  if (bound === undefined) return;
  const text = labels[bound];
  if (text !== undefined) labels[bound] = normalizeBound(text);
}

/** Upstream leaves the escapes of an exemplar's labels as they are. */
function exemplarOf(
  bytes: Uint8Array,
  { labels: places, labelCount, value, timestampMs }: ScannedExemplar,
): Exemplar {
  const labels: Labels = {};
  for (let field = 0; field < labelCount * LABEL_FIELDS; field += LABEL_FIELDS) {
    const name = texts.get(bytes, places[field] ?? 0, places[field + 1] ?? 0);
    setLabel(labels, name, texts.get(bytes, places[field + 2] ?? 0, places[field + 3] ?? 0));
  }
  return Number.isNaN(timestampMs) ? { labels, value } : { labels, value, timestampMs };
}

function setLabel(labels: Labels, name: string, value: string): void {
  if (name === '__proto__') {
    const property = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(labels, name, property);
  } else {
    labels[name] = value;
  }
}

function unescapeLabel(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\\n"])/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}
