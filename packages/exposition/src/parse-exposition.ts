import type { ExpositionLimits } from './exposition-limits.ts';
import type { MetricFamily, MetricType, Sample } from './metric-family.ts';
import { readExposition } from './read-exposition.ts';

interface OpenFamily {
  readonly name: string;
  type: MetricType;
  help?: string;
  readonly samples: Sample[];
}

const SUFFIXES: Partial<Record<MetricType, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['_sum', '_count'],
};

/**
 * Reads a page of the Prometheus text format 0.0.4 into families, in page order. Samples without a TYPE
 * line are families of their own, `untyped`.
 *
 * @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`: see {@link readExposition}.
 */
export function parseExposition(
  page: string | Uint8Array,
  limits: ExpositionLimits = {},
): MetricFamily[] {
  const families = new Map<string, OpenFamily>();
  const owners = new Map<string, OpenFamily>();
  const open = (name: string): OpenFamily => {
    const known = families.get(name) ?? { name, type: 'untyped', samples: [] };
    families.set(name, known);
    return known;
  };
  for (const event of readExposition(page, limits)) {
    if (event.kind === 'type') {
      const family = open(event.name);
      family.type = event.type;
      for (const suffix of SUFFIXES[event.type] ?? []) owners.set(event.name + suffix, family);
    } else if (event.kind === 'help') {
      open(event.name).help = event.text;
    } else if (event.kind === 'sample') {
      const { name } = event.sample;
      (owners.get(name) ?? open(name)).samples.push(event.sample);
    }
  }
  return [...families.values()];
}
