import type { MetricFamily, Sample } from '@bellows/exposition';
import type { LabelledCounter } from '../instruments/counter.ts';
import type { LabelledGauge } from '../instruments/gauge.ts';
import type { MetricRegistry } from '../instruments/metric-registry.ts';

/** Options of {@link mirrorFamilies}. */
export interface MirrorOptions {
  /** In front of every name. @defaultValue '' */
  readonly prefix?: string | undefined;
  /** Labels that every series has. @defaultValue none */
  readonly labels?: Readonly<Record<string, string | number>> | undefined;
}

/**
 * Keeps what `read` tells as metrics of a registry, for those that another thread cannot read. They are brought up to
 * date, all together, when the first of them is collected.
 * @throws BellowsError `ERR_KIT_METRIC` when a name is taken.
 */
export function mirrorFamilies(
  registry: MetricRegistry,
  read: () => readonly MetricFamily[],
  { prefix = '', labels = {} }: MirrorOptions = {},
): void {
  const mirrors = new Map<string, (family: MetricFamily) => void>();
  let first: LabelledCounter<string> | LabelledGauge<string> | undefined;
  for (const family of read()) {
    const { name, help = name, type } = family;
    // Every sample of a family has the same labels; a family without samples has the one that it is counted by.
    const own = Object.keys(family.samples[0]?.labels ?? { type: '' });
    const options = { name: prefix + name, help, labelNames: [...own, ...Object.keys(labels)] };
    const metric = type === 'counter' ? registry.counter(options) : registry.gauge(options);
    mirrors.set(name, mirrorOf(metric, labels));
    first ??= metric;
  }
  if (first === undefined) return;
  first.collect = () => {
    for (const family of read()) mirrors.get(family.name)?.(family);
  };
}

function mirrorOf(
  metric: LabelledCounter<string> | LabelledGauge<string>,
  labels: Readonly<Record<string, string | number>>,
): (family: MetricFamily) => void {
  const before = new Map<string, Sample>();
  return ({ samples }) => {
    const now = new Map(samples.map((sample) => [JSON.stringify(sample.labels), sample]));
    for (const [key, sample] of now) {
      const all = { ...sample.labels, ...labels };
      // A counter's reading is a total: what is new of it is added.
      if ('set' in metric) metric.set(all, sample.value);
      else metric.inc(all, Math.max(0, sample.value - (before.get(key)?.value ?? 0)));
    }
    for (const [key, sample] of before) {
      if (!now.has(key)) metric.remove({ ...sample.labels, ...labels });
    }
    before.clear();
    for (const [key, sample] of now) before.set(key, sample);
  };
}
