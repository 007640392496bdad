import type { Random } from '@bellows/core';
import type { Probe } from '@bellows/manifest';
import type { ProbeReport } from './probe-report.ts';
import {
  createProbeState,
  decideProbe,
  recordProbeOutcome,
  resumeProbe,
  type ProbedContainer,
  type ProbeResult,
  type ProbeType,
} from './probe-state.ts';

/** Options of {@link createProbeWorker}. */
export interface ProbeWorkerOptions {
  readonly type: ProbeType;
  readonly probe: Probe;
  /** The container as it is now. */
  readonly look: () => ProbedContainer;
  /** Asks the container once. Never rejects; ends early when the signal says so. */
  readonly run: (probe: Probe, signal: AbortSignal) => Promise<ProbeReport>;
  /** Called after each run of the probe, with what is believed then. */
  readonly report: (report: ProbeReport, result: ProbeResult) => void;
  /** Draws the part of a period until a container's first run. @defaultValue `Math.random` */
  readonly random?: Random;
}

/** Probes one container in one way, from the pod's acceptance to its end. */
export interface ProbeWorker {
  /** What is believed now. */
  result(): ProbeResult;
  /**
   * A new container runs: calls off the run under way, believes as at the beginning, and runs first after a
   * random part of a period.
   */
  resume(): void;
  /** Runs the probe now, and then each period from now. */
  trigger(): void;
  /** Stops for good and calls off the run under way; resolves when that is over. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Creates a worker: one run at a time, each period; a period that passes during a run is made up for at
 * its end, once. The first run comes after a random part of the period: the kubelet waits so long with the pods
 * that it meets soon after its own start, and of later pods its ticks began before their container was made,
 * which takes no time here.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/worker.go (run)
 */
export function createProbeWorker(options: ProbeWorkerOptions): ProbeWorker {
  const { type, probe, random = Math.random } = options;
  const periodMs = probe.periodSeconds * 1000;
  let state = createProbeState(type);
  /** Ends with the container that is asked. */
  let asking = new AbortController();
  let running: Promise<void> | undefined;
  let missedTick = false;
  let timer: NodeJS.Timeout | undefined;

  const stop = async (): Promise<void> => {
    clearInterval(timer);
    timer = undefined;
    asking.abort();
    await running;
  };
  const runEachPeriod = (): void => {
    clearInterval(timer);
    timer = setInterval(tick, periodMs);
  };
  const tick = (): void => {
    if (running !== undefined) {
      missedTick = true;
      return;
    }
    const { initialDelaySeconds } = probe;
    const step = decideProbe(type, state, { ...options.look(), initialDelaySeconds }, Date.now());
    if (step === 'stop') void stop();
    if (step === 'run') running = runOnce();
  };
  const runOnce = async (): Promise<void> => {
    const { signal } = asking;
    const report = await options.run(probe, signal);
    running = undefined;
    // An answer of a container that has gone meanwhile says nothing about the next one.
    if (!signal.aborted) {
      state = recordProbeOutcome(state, type, probe, report.outcome);
      options.report(report, state.result);
    }
    const makeUp = missedTick && timer !== undefined;
    missedTick = false;
    if (makeUp) tick();
  };
  return {
    result: () => state.result,
    resume() {
      asking.abort();
      asking = new AbortController();
      state = resumeProbe(state, type);
      clearInterval(timer);
      timer = setTimeout(() => {
        runEachPeriod();
        tick();
      }, random() * periodMs);
    },
    trigger() {
      if (timer === undefined) return;
      runEachPeriod();
      tick();
    },
    stop,
  };
}
