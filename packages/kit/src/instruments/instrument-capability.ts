import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';

/** The service's own metrics. */
export function createInstruments({
  registry,
}: KitContext): Pick<Kit, 'counter' | 'gauge' | 'histogram'> {
  return {
    counter: (options) => registry.counter(options),
    gauge: (options) => registry.gauge(options),
    histogram: (options) => registry.histogram(options),
  };
}
