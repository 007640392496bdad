import { formatFloat } from './float-text.ts';
import type { MetricFamily, Sample } from './metric-family.ts';

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The `Content-Type` of {@link writeExposition}'s page. */
export const EXPOSITION_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Writes families in the Prometheus text format 0.0.4, in their order, with numbers in Go's format. Names
 * outside the old alphabet are quoted, as Prometheus 3 reads them.
 */
export function writeExposition(families: Iterable<MetricFamily>): string {
  let page = '';
  for (const family of families) {
    const name = NAME.test(family.name) ? family.name : quote(family.name);
    if (family.help !== undefined) page += `# HELP ${name} ${escapeHelp(family.help)}\n`;
    page += `# TYPE ${name} ${family.type}\n`;
    for (const sample of family.samples) page += sampleLine(sample);
  }
  return page;
}

function sampleLine(sample: Sample): string {
  const isPlain = NAME.test(sample.name);
  let labels = isPlain ? '' : quote(sample.name);
  for (const name of Object.keys(sample.labels)) {
    const label = LABEL_NAME.test(name) ? name : quote(name);
    labels += `${labels === '' ? '' : ','}${label}=${quote(sample.labels[name] ?? '')}`;
  }
  const head = (isPlain ? sample.name : '') + (labels === '' ? '' : `{${labels}}`);
  const time = sample.timestampMs === undefined ? '' : ` ${sample.timestampMs}`;
  return `${head} ${formatFloat(sample.value)}${time}\n`;
}

function quote(text: string): string {
  if (!/[\\\n"]/.test(text)) return `"${text}"`;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}

function escapeHelp(text: string): string {
  if (!/[\\\n]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
