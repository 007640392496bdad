import type { Probe } from '@bellows/manifest';

/** The three kinds of probe. */
export type ProbeType = 'startup' | 'readiness' | 'liveness';

/** What the kubelet believes of a container for one kind of probe. */
export type ProbeResult = 'success' | 'failure' | 'unknown';

/** What one run of a probe said; `error` is a probe that could not be run, and is thrown away. */
export type ProbeOutcome = 'success' | 'failure' | 'error';

/** The state of one probe of one container; see {@link recordProbeOutcome}. */
export interface ProbeState {
  /** What is believed now. */
  readonly result: ProbeResult;
  /** The last outcome, also one that has not reached its threshold; undefined before the first. */
  readonly lastOutcome: Exclude<ProbeOutcome, 'error'> | undefined;
  /** How many times in a row `lastOutcome` came. */
  readonly resultRun: number;
  /** No more probing until there is a new container. */
  readonly onHold: boolean;
}

/**
 * What is believed before the first probe: readiness failure, liveness success, startup unknown.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/worker.go (newWorker)
 */
export const INITIAL_RESULTS: Readonly<Record<ProbeType, ProbeResult>> = {
  readiness: 'failure',
  liveness: 'success',
  startup: 'unknown',
};

/** The state of a probe whose pod has just been accepted. */
export function createProbeState(type: ProbeType): ProbeState {
  return { result: INITIAL_RESULTS[type], lastOutcome: undefined, resultRun: 0, onHold: false };
}

/**
 * The state for a new container: the belief starts again and probing goes on. The run of equal
 * outcomes is kept, as upstream keeps it: a readiness probe that has succeeded before needs one success
 * only, whatever its `successThreshold`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/worker.go (doProbe, new container ID)
 */
export function resumeProbe(state: ProbeState, type: ProbeType): ProbeState {
  return { ...state, result: INITIAL_RESULTS[type], onHold: false };
}

/**
 * The state after one run. Below its threshold an outcome leaves the belief unchanged; a liveness
 * failure, and either end of a startup probe, hold the probe until there is a new container.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/worker.go (doProbe)
 */
export function recordProbeOutcome(
  state: ProbeState,
  type: ProbeType,
  probe: Pick<Probe, 'successThreshold' | 'failureThreshold'>,
  outcome: ProbeOutcome,
): ProbeState {
  if (outcome === 'error') return state;
  const resultRun = state.lastOutcome === outcome ? state.resultRun + 1 : 1;
  const counted = { ...state, lastOutcome: outcome, resultRun };
  const threshold = outcome === 'success' ? probe.successThreshold : probe.failureThreshold;
  if (resultRun < threshold) return counted;
  const held = type === 'startup' || (type === 'liveness' && outcome === 'failure');
  return { ...counted, result: outcome, ...(held ? { onHold: true, resultRun: 0 } : {}) };
}

/** What {@link decideProbe} looks at. */
export interface ProbedContainer {
  /** When the container started, in milliseconds since the epoch; undefined while it does not run. */
  readonly startedAtMs: number | undefined;
  /** Whether the startup probe has succeeded (or there is none). */
  readonly started: boolean;
  /** Whether the pod's deletion has been asked for. */
  readonly deleting: boolean;
}

/**
 * Whether to run a probe now: `stop` ends liveness and startup probes of a pod that is being deleted,
 * while readiness goes on.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/worker.go (doProbe)
 */
export function decideProbe(
  type: ProbeType,
  state: ProbeState,
  container: ProbedContainer & { readonly initialDelaySeconds: number },
  nowMs: number,
): 'run' | 'wait' | 'stop' {
  if (state.onHold || container.startedAtMs === undefined) return 'wait';
  if (container.deleting && type !== 'readiness') return 'stop';
  const runningSeconds = Math.trunc((nowMs - container.startedAtMs) / 1000);
  if (runningSeconds < container.initialDelaySeconds) return 'wait';
  return container.started === (type === 'startup') ? 'wait' : 'run';
}
