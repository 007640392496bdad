import { escapeName } from '../format/escape-name.ts';
import { syntaxOf, TEXT_FORMAT, type ExpositionFormat } from '../format/exposition-format.ts';
import type { MetricFamily, MetricType } from '../metric-family.ts';
import { escapeText, quoteName } from './quote.ts';
import { sampleLine } from './sample-line.ts';

const TOTAL = '_total';

/** The part of the platform's encoder used here; every runtime of Bellows has it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/**
 * Writes families in their order, with numbers in Go's format; in OpenMetrics with `# EOF` as the last line.
 *
 * A counter's metadata is about `x_total` in text and about `x` in OpenMetrics, where one whose samples do not
 * end in `_total` becomes `unknown`. Text has no units, no exemplars and only its own types: others are `untyped`.
 * A unit that the name does not end in is left out: Prometheus refuses pages with it.
 *
 * @param format - From `negotiateFormat`. @defaultValue `TEXT_FORMAT`
 * @see prometheus/common v0.73.1 expfmt/text_create.go, openmetrics_create.go
 */
export function writeExposition(
  families: Iterable<MetricFamily>,
  format: ExpositionFormat = TEXT_FORMAT,
): string {
  const isOpenMetrics = syntaxOf(format.version) === 'openmetrics';
  let page = '';
  for (const family of families) {
    page += isOpenMetrics ? openMetricsHead(family, format) : textHead(family, format);
    for (const sample of family.samples) page += sampleLine(sample, family, format);
  }
  return isOpenMetrics ? `${page}# EOF\n` : page;
}

/** The bytes of {@link writeExposition}'s page. */
export function encodeExposition(
  families: Iterable<MetricFamily>,
  format: ExpositionFormat = TEXT_FORMAT,
): Uint8Array {
  return new TextEncoder().encode(writeExposition(families, format));
}

function textHead(family: MetricFamily, { escaping }: ExpositionFormat): string {
  const { type, help } = family;
  // Without samples nothing tells how they would be named.
  const isShort =
    type === 'counter' &&
    !family.name.endsWith(TOTAL) &&
    hasTotals(family) &&
    family.samples.length > 0;
  const name = quoteName(escapeName(family.name, escaping) + (isShort ? TOTAL : ''));
  const helpLine = help === undefined ? '' : `# HELP ${name} ${escapeText(help, false)}\n`;
  return `${helpLine}# TYPE ${name} ${textType(type)}\n`;
}

function textType(type: MetricType): MetricType {
  const isText =
    type === 'counter' || type === 'gauge' || type === 'histogram' || type === 'summary';
  return isText ? type : 'untyped';
}

function openMetricsHead(family: MetricFamily, { escaping }: ExpositionFormat): string {
  const { type, help, unit } = family;
  const escaped = escapeName(family.name, escaping);
  const isLong = type === 'counter' && escaped.endsWith(TOTAL);
  const plain = isLong ? escaped.slice(0, -TOTAL.length) : escaped;
  const name = quoteName(plain);
  const isUnknown = type === 'untyped' || (type === 'counter' && !isLong && !hasTotals(family));
  let head = help === undefined ? '' : `# HELP ${name} ${escapeText(help, true)}\n`;
  head += `# TYPE ${name} ${isUnknown ? 'unknown' : type}\n`;
  if (unit !== undefined && plain.endsWith(`_${unit}`)) {
    head += `# UNIT ${name} ${escapeText(unit, true)}\n`;
  }
  return head;
}

/** Whether a counter's samples are named as OpenMetrics wants them. */
function hasTotals({ name, samples }: MetricFamily): boolean {
  return samples.every(
    (sample) => sample.name === name + TOTAL || sample.name === `${name}_created`,
  );
}
