import { Bell } from './drain/bell.ts';
import { Drainables } from './drain/drainables.ts';
import { createLatch, type Latch } from './latch.ts';
import { createFailureLog, type FailureLog } from './failure-log.ts';
import { MetricRegistry } from './instruments/metric-registry.ts';
import { CheckBoard } from './memory/check-board.ts';
import { ControlBlock } from './memory/control-block.ts';
import type { KitOptions } from './options/kit-options.ts';
import { normalizeOptions, type NormalizedOptions } from './options/normalize-options.ts';
import type { SignalSource } from './shutdown/signal-handlers.ts';

import { QueueMetricFamilies } from './queue/queue-metrics.ts';

/** A part that a capability has in the start or the stop of its kit. */
export type LifeHook = () => void | Promise<void>;

/** What the capabilities of one kit share. */
export interface KitContext {
  readonly options: NormalizedOptions;
  readonly log: (message: string) => void;
  /** Where the signals come from that start the drain. */
  readonly signalSource: SignalSource;
  /** The service's state, as the admin thread sees it. */
  readonly control: ControlBlock;
  /** Results of named checks; each is part of `/readyz`. */
  readonly checks: CheckBoard;
  readonly registry: MetricRegistry;
  /** Metrics of whatever has a line in front of it. */
  readonly queueMetrics: QueueMetricFamilies;
  /** Says what failed in the service's own work, in bounds. */
  readonly failures: FailureLog;
  /** What the drain takes to its end. */
  readonly drainables: Drainables;
  /** Rung when something that the drain may wait for has ended. */
  readonly changes: Bell;
  /** Runs in the order of registration; one that fails ends the start, and the kit stops. */
  readonly onStart: (hook: LifeHook) => void;
  /** Opens when the kit has started, shuts when it stops. */
  readonly started: Latch;
  /** Called in the order of registration, also without a start; all are waited for together. */
  readonly onStop: (hook: LifeHook) => void;
  readonly startHooks: readonly LifeHook[];
  readonly stopHooks: readonly LifeHook[];
}

/**
 * Makes what the capabilities of one kit share.
 * @param signalSource - Where signals come from. @defaultValue the process
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came.
 */
export function createKitContext(
  options: KitOptions,
  signalSource: SignalSource = process,
): KitContext {
  const normalized = normalizeOptions(options, process.env);
  const startHooks: LifeHook[] = [];
  const stopHooks: LifeHook[] = [];
  const log = safeLog(options.log ?? writeLog);
  const registry = new MetricRegistry(normalized.maxSeriesPerMetric);
  return {
    options: normalized,
    log,
    signalSource,
    control: new ControlBlock(),
    checks: new CheckBoard(),
    registry,
    queueMetrics: new QueueMetricFamilies(registry),
    failures: createFailureLog(log),
    drainables: new Drainables(),
    changes: new Bell(),
    onStart: (hook) => void startHooks.push(hook),
    started: createLatch(),
    onStop: (hook) => void stopHooks.push(hook),
    startHooks,
    stopHooks,
  };
}

/** A log of the service's own that throws must not end what it is told of, such as a drain. */
function safeLog(log: (message: string) => void): (message: string) => void {
  return (message) => {
    try {
      log(message);
    } catch {
      writeLog(message);
    }
  };
}

function writeLog(message: string): void {
  process.stderr.write(`bellows: ${message}\n`);
}
