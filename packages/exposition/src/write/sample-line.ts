import { formatFloat, formatOpenMetricsFloat, normalizeBound } from '../float-text.ts';
import { escapeName, isLegacyName } from '../format/escape-name.ts';
import {
  syntaxOf,
  type EscapingScheme,
  type ExpositionFormat,
} from '../format/exposition-format.ts';
import type { Exemplar, MetricFamily, MetricType, Sample } from '../metric-family.ts';
import { escapeText, quoteLabelName, quoteName } from './quote.ts';

type Labels = Readonly<Record<string, string>>;

const MS_PER_SECOND = 1000;

/** The line of a sample, with its line break. Text has no exemplars. */
export function sampleLine(sample: Sample, family: MetricFamily, format: ExpositionFormat): string {
  const { escaping, version } = format;
  const name = escapedName(sample.name, family.name, escaping);
  const { value, timestampMs, exemplar } = sample;
  if (syntaxOf(version) === 'text') {
    const series = seriesText(name, sample.labels, escaping);
    const time = timestampMs === undefined ? '' : ` ${timestampMs}`;
    return `${series} ${formatFloat(value)}${time}\n`;
  }
  const series = seriesText(name, withBound(sample.labels, family.type), escaping);
  const time = timestampMs === undefined ? '' : ` ${secondsText(timestampMs)}`;
  return `${series} ${openMetricsValue(sample, family)}${time}${exemplarText(exemplar)}\n`;
}

/** The family's name is escaped by itself: what follows it (`_bucket`) stays as it is. */
function escapedName(name: string, familyName: string, scheme: EscapingScheme): string {
  if (scheme === 'allow-utf-8' || isLegacyName(name)) return name;
  if (!name.startsWith(familyName)) return escapeName(name, scheme);
  return escapeName(familyName, scheme) + name.slice(familyName.length);
}

/** Bounds have their `.0` in OpenMetrics. */
function withBound(labels: Labels, type: MetricType): Labels {
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
  const text = bound === undefined ? undefined : labels[bound];
  if (bound === undefined || text === undefined) return labels;
  return { ...labels, [bound]: normalizeBound(text) };
}

function seriesText(name: string, labels: Labels, escaping: EscapingScheme): string {
  const isPlain = isLegacyName(name);
  const text = labelsText(labels, escaping, isPlain ? '' : quoteName(name));
  return (isPlain ? name : '') + (text === '' ? '' : `{${text}}`);
}

function labelsText(labels: Labels, escaping: EscapingScheme, first: string): string {
  let text = first;
  for (const name of Object.keys(labels)) {
    const label = quoteLabelName(escapeName(name, escaping));
    text += `${text === '' ? '' : ','}${label}="${escapeText(labels[name] ?? '', true)}"`;
  }
  return text;
}

/** Counts of histograms and summaries are written as the whole numbers they are. */
function openMetricsValue({ name, value }: Sample, { name: family, type }: MetricFamily): string {
  const isCount =
    (type === 'histogram' || type === 'summary' || type === 'gaugehistogram') &&
    /^_(?:bucket|count|gcount)$/.test(name.slice(family.length));
  const isWhole = Number.isInteger(value) && value >= 0 && value < 2 ** 64;
  return isCount && isWhole ? BigInt(value).toString() : formatOpenMetricsFloat(value);
}

function exemplarText(exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { labels, value, timestampMs } = exemplar;
  const time = timestampMs === undefined ? '' : ` ${secondsText(timestampMs)}`;
  return ` # {${labelsText(labels, 'allow-utf-8', '')}} ${formatOpenMetricsFloat(value)}${time}`;
}

/**
 * A time in seconds that Prometheus, and we, read as the same milliseconds: both cut off what a double lacks of them, so
 * that of one time in some twenty-five a millisecond would be lost.
 */
function secondsText(timestampMs: number): string {
  const seconds = timestampMs / MS_PER_SECOND;
  const next = seconds * (1 + Number.EPSILON);
  const isCut = Math.trunc(seconds * MS_PER_SECOND) !== timestampMs;
  const isNextRight = Math.trunc(next * MS_PER_SECOND) === timestampMs;
  return formatOpenMetricsFloat(isCut && isNextRight ? next : seconds);
}
