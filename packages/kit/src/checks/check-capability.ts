import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { normalizeCheckOptions, requireCheckName } from './check-options.ts';
import { CheckRunner, type CheckOutcome } from './check-runner.ts';
import { StartupGate } from './startup-gate.ts';

const OUTCOMES: readonly CheckOutcome[] = ['passed', 'failed', 'timed_out'];

/** The service's own checks of readiness, and the gate of its start. Neither is ever part of liveness. */
export function createChecks(context: KitContext): Pick<Kit, 'check' | 'startup' | 'ready'> {
  const { checks, control, registry, failures, started } = context;
  const names = new Set<string>();
  const runners: CheckRunner[] = [];
  const gate = new StartupGate({ control, checks, failures, names });
  const passing = registry.gauge({
    name: 'bellows_check_passing',
    help: 'Whether the last run of a check passed: 1, or 0.',
    labelNames: ['check'],
  });
  const runs = registry.counter({
    name: 'bellows_check_runs_total',
    help: 'Runs of checks by how they ended.',
    labelNames: ['check', 'outcome'],
  });
  context.onStop(() => {
    for (const runner of runners) runner.stop();
  });

  return {
    startup: gate,
    ready: () => {
      gate.ready();
    },
    check: (name, look, options = {}) => {
      const { intervalSeconds, timeoutSeconds, maxAgeSeconds } = normalizeCheckOptions(options);
      const slot = checks.add(requireCheckName(name, names), maxAgeSeconds * 1000);
      names.add(name);
      passing.set({ check: name }, 0);
      for (const outcome of OUTCOMES) runs.inc({ check: name, outcome }, 0);
      const runner = new CheckRunner({
        name,
        look,
        intervalMs: intervalSeconds * 1000,
        timeoutMs: timeoutSeconds * 1000,
        onResult: (outcome, reason) => {
          slot.publish(reason);
          passing.set({ check: name }, reason === undefined ? 1 : 0);
          runs.inc({ check: name, outcome });
          if (reason !== undefined) failures.say(`check ${name}`, reason);
        },
      });
      runners.push(runner);
      started.when(() => {
        runner.start();
      });
      return runner;
    },
  };
}
