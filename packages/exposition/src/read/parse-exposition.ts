import type { MetricFamily, MetricType, Sample } from '../metric-family.ts';
import type { ExpositionOptions } from './exposition-options.ts';
import { readExposition } from './read-exposition.ts';

interface OpenFamily {
  readonly name: string;
  type: MetricType;
  help?: string;
  unit?: string;
  readonly samples: Sample[];
}

const TEXT_SUFFIXES: Partial<Record<MetricType, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['_sum', '_count'],
};

const OPENMETRICS_SUFFIXES: Partial<Record<MetricType, readonly string[]>> = {
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['_sum', '_count', '_created'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  info: ['_info'],
};

/**
 * Reads a page into families, in page order. Samples without a TYPE line are families of their own, `untyped`.
 *
 * @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`: see {@link readExposition}.
 */
export function parseExposition(
  page: string | Uint8Array,
  options: ExpositionOptions = {},
): MetricFamily[] {
  const suffixes = options.syntax === 'openmetrics' ? OPENMETRICS_SUFFIXES : TEXT_SUFFIXES;
  const families = new Map<string, OpenFamily>();
  const owners = new Map<string, OpenFamily>();
  const open = (name: string): OpenFamily => {
    const known = families.get(name) ?? { name, type: 'untyped', samples: [] };
    families.set(name, known);
    return known;
  };
  for (const event of readExposition(page, options)) {
    if (event.kind === 'type') {
      const family = open(event.name);
      family.type = event.type;
      for (const suffix of suffixes[event.type] ?? []) owners.set(event.name + suffix, family);
    } else if (event.kind === 'help') {
      open(event.name).help = event.text;
    } else if (event.kind === 'unit') {
      open(event.name).unit = event.unit;
    } else if (event.kind === 'sample') {
      const { name } = event.sample;
      (owners.get(name) ?? open(name)).samples.push(event.sample);
    }
  }
  return [...families.values()];
}
