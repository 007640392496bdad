import { BellowsError } from '@bellows/core';
import type { MetricFamily } from '@bellows/exposition';
import { family } from '../runtime-metrics/family.ts';
import { measureGc } from '../runtime-metrics/gc-durations.ts';
import { isolateFamilies } from '../runtime-metrics/isolate-families.ts';
import { LoopDelaySampler } from '../runtime-metrics/loop-delay.ts';
import { mirrorFamilies } from '../runtime-metrics/mirror-families.ts';
import { processFamilies } from '../runtime-metrics/process-families.ts';
import { defaultRegister } from './default-register.ts';
import { Registry } from './registry.ts';

/** What {@link collectDefaultMetrics} takes. */
export interface DefaultMetricsCollectorConfiguration {
  /** Where the metrics go. @defaultValue the default registry */
  readonly register?: Registry | undefined;
  /** In front of every name. @defaultValue '' */
  readonly prefix?: string | undefined;
  /** Labels that every series has. @defaultValue none */
  readonly labels?: Readonly<Record<string, string | number>> | undefined;
  /** Bounds of `nodejs_gc_duration_seconds`. @defaultValue 0.001, 0.01, 0.1, 1, 2, 5 */
  readonly gcDurationBuckets?: readonly number[] | undefined;
  /** Accepted and not used: the event loop is sampled every 100 ms. */
  readonly eventLoopMonitoringPrecision?: number | undefined;
}

/**
 * Adds prom-client's default metrics to a registry. A kit has them on its page without it, but for the three gauges
 * whose names end in `_total`; there they are served once, whoever adds them.
 * @throws BellowsError `ERR_KIT_METRIC` when they are there already, `ERR_KIT_OPTION` for what is no configuration.
 */
export function collectDefaultMetrics(
  configuration?: DefaultMetricsCollectorConfiguration | null,
): void {
  const given: unknown = configuration ?? {};
  if (typeof given !== 'object') {
    throw new BellowsError(
      'ERR_KIT_OPTION',
      `Expected a configuration object, got \`${typeof configuration}\``,
      { remedy: 'Call collectDefaultMetrics() or give it an object.' },
    );
  }
  const options = configuration ?? {};
  const register = options.register ?? defaultRegister();
  const sampler = new LoopDelaySampler(new Registry());
  mirrorFamilies(register, processFamilies, options);
  mirrorFamilies(register, () => sampler.families(), options);
  mirrorFamilies(register, () => withTotals(isolateFamilies()), options);
  measureGc(register, options).start();
  sampler.start();
}

/** The gauges that prom-client has for the sums of others, under names that would be a counter's. */
function withTotals(families: readonly MetricFamily[]): MetricFamily[] {
  return families.flatMap((one) => {
    if (!one.name.startsWith('nodejs_active_')) return [one];
    const sum = one.samples.reduce((total, { value }) => total + value, 0);
    const help = `Sum of ${one.name}.`;
    return [one, family(`${one.name}_total`, 'gauge', help, sum)];
  });
}

/** Names of the default metrics, as {@link collectDefaultMetrics} adds them here. */
export function defaultMetricNames(): string[] {
  const register = new Registry();
  mirrorFamilies(register, () => [...processFamilies(), ...withTotals(isolateFamilies())]);
  return register.getMetricsAsArray().map(({ name }) => name);
}
