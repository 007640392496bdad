import { BellowsError } from '@bellows/core';
import type { InstrumentOptions } from '../instruments/instrument.ts';
import type { Metric } from '../instruments/metric.ts';
import { defaultRegister } from './default-register.ts';
import type { Registry } from './registry.ts';

/** What prom-client's constructors take besides what the kit's methods take. */
export interface MetricConfiguration<Name extends string> extends InstrumentOptions<Name> {
  /** Registries it is in; none when empty. @defaultValue the default one */
  readonly registers?: readonly Registry[] | undefined;
  /** How values of several processes belong together; kept for those who read it. @defaultValue 'sum' */
  readonly aggregator?: string;
  /** Accepted and not used: exemplars are not kept. @defaultValue false */
  readonly enableExemplars?: boolean;
}

/**
 * A configuration that a metric can be made from.
 * @throws BellowsError `ERR_KIT_METRIC` for none, for one without help, or a `collect` that is no function.
 */
export function checkedConfiguration<Configuration extends MetricConfiguration<string>>(
  configuration: Configuration,
): Configuration {
  const given: unknown = configuration;
  if (typeof given !== 'object' || given === null) throw wrong('a configuration object', given);
  if (configuration.help === '') throw wrong(`help of ${configuration.name} to be a text`, '');
  const { collect } = given as { readonly collect?: unknown };
  if (collect !== undefined && typeof collect !== 'function') {
    throw wrong(`collect of ${configuration.name} to be a function`, collect);
  }
  return configuration;
}

/** Puts a metric into the registries of its configuration. @throws BellowsError `ERR_KIT_METRIC` */
export function register(metric: Metric<never>, { registers }: MetricConfiguration<string>): void {
  for (const registry of registers ?? [defaultRegister()]) registry.registerMetric(metric);
}

function wrong(expected: string, got: unknown): BellowsError {
  return new BellowsError('ERR_KIT_METRIC', `Expected ${expected}, got \`${String(got)}\``, {
    remedy: "Give the constructor what prom-client's takes.",
  });
}
