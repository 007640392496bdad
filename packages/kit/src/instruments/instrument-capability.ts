import { defaultRegister } from '../prom-client/default-register.ts';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { CollectSchedule } from './collect-schedule.ts';
import { foreignSource } from './foreign-registry.ts';
import { nextId } from '../memory/next-id.ts';
import { registrySource } from './registry-source.ts';

/** The service's own metrics: the kit's, those of the register that stands in for prom-client's, and bridged ones. */
export function createInstruments(
  context: KitContext,
): Pick<Kit, 'counter' | 'gauge' | 'histogram' | 'summary' | 'exposeRegistry'> {
  const { registry, options, failures } = context;
  const errors = registry.counter({
    name: 'bellows_collect_errors_total',
    help: 'Calls of a collect function that threw, or had not ended when the next one was due.',
    labelNames: ['metric'],
  });
  const schedule = new CollectSchedule({
    intervalMs: options.collectIntervalSeconds * 1000,
    failures,
    onError: (metric) => {
      errors.inc({ metric });
    },
  });
  const register = defaultRegister();
  register.factory.maxSeriesPerMetric = options.maxSeriesPerMetric;
  const leaveRegister = registry.journal.include(register.journal);
  schedule.add(registrySource(registry));
  schedule.add(registrySource(register));
  context.onStart(() => {
    // The first round is over long before the admin port answers; nothing has to wait for it.
    void schedule.start();
  });
  context.onStop(() => {
    schedule.stop();
    leaveRegister();
  });
  return {
    counter: (given) => registry.counter(given),
    gauge: (given) => registry.gauge(given),
    histogram: (given) => registry.histogram(given),
    summary: (given) => registry.summary(given),
    exposeRegistry: (foreign) => {
      schedule.add(foreignSource(foreign, registry.journal, nextId()));
    },
  };
}
