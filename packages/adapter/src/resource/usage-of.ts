import type { Quantity } from '@bellows/core';
import type { ResourceUsage } from '../api/resource-metrics.ts';
import type { QuerySample } from '../value/query-result.ts';
import { sampleQuantity } from '../value/sample-quantity.ts';

/** Samples of CPU and memory of one container or node. */
export interface UsageSamples {
  readonly cpu?: QuerySample | undefined;
  readonly memory?: QuerySample | undefined;
}

/**
 * Usage as metrics.k8s.io gives it. What has no sample, or one that no usage can be (NaN, infinite, negative), is not known and left
 * out, so that an autoscaler takes it for not measured.
 *
 * @param isStrict - Upstream's way: 0 takes its place.
 */
export function usageOf({ cpu, memory }: UsageSamples, isStrict: boolean): ResourceUsage {
  const cpuUsage = quantityOf(cpu, 'DecimalSI', isStrict);
  const memoryUsage = quantityOf(memory, 'BinarySI', isStrict);
  return {
    ...(cpuUsage !== undefined && { cpu: cpuUsage }),
    ...(memoryUsage !== undefined && { memory: memoryUsage }),
  };
}

/** Whether anything is known. */
export function isKnown({ cpu, memory }: ResourceUsage): boolean {
  return cpu !== undefined || memory !== undefined;
}

/** The earliest time of samples, in milliseconds since the epoch; undefined: there are none. */
export function earliestMs(samples: readonly (QuerySample | undefined)[]): number | undefined {
  const times = samples.flatMap((sample) => (sample === undefined ? [] : [sample.timestampMs]));
  return times.length === 0 ? undefined : Math.min(...times);
}

function quantityOf(
  sample: QuerySample | undefined,
  format: 'DecimalSI' | 'BinarySI',
  isStrict: boolean,
): Quantity | undefined {
  const value = sample?.value ?? Number.NaN;
  const read = sampleQuantity(
    value < 0 ? Number.NaN : value,
    0,
    isStrict ? 'zero' : 'missing',
    format,
  );
  return read.kind === 'value' ? read.value : undefined;
}
