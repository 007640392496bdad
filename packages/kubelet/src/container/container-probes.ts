import type { Container, HttpGetAction, Probe } from '@bellows/manifest';
import { runExec, type ExecTarget } from '../probe/exec-probe.ts';
import { runHttpProbe, type HttpTarget } from '../probe/http-probe.ts';
import { resolvePort } from '../probe/probe-port.ts';
import type { ProbeReport } from '../probe/probe-report.ts';
import type { ProbedContainer, ProbeResult, ProbeType } from '../probe/probe-state.ts';
import { createProbeWorker, type ProbeWorker } from '../probe/probe-worker.ts';
import { runTcpProbe } from '../probe/tcp-probe.ts';

/** Where a container's probes go. */
export interface ProbeTarget {
  readonly container: Container;
  readonly address: string;
  readonly portMap: Readonly<Record<number, number>>;
  /** The running container's variables and folder. */
  readonly exec: () => Omit<ExecTarget, 'command'>;
}

/**
 * Runs a probe's action, again when it could not be run: up to three times. Never rejects; ends early when the signal says so.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/prober.go (runProbeWithRetries, maxProbeRetries)
 */
export async function runProbe(
  probe: Probe,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeReport> {
  let report = await runAction(probe, target, signal);
  for (let retries = 2; retries > 0 && report.outcome === 'error' && !signal.aborted; retries--) {
    report = await runAction(probe, target, signal);
  }
  return report;
}

async function runAction(
  probe: Probe,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const timeoutMs = probe.timeoutSeconds * 1000;
  try {
    if (probe.exec !== undefined) {
      return await runExec({ ...target.exec(), command: probe.exec.command }, timeoutMs, signal);
    }
    const action = probe.httpGet ?? probe.tcpSocket;
    if (action === undefined) return { outcome: 'error', message: 'probe names no action' };
    const port = resolvePort(action.port, target.container, target.portMap);
    if (typeof port !== 'number') return { outcome: 'error', message: port.reason };
    const host = action.host ?? target.address;
    const report =
      probe.httpGet === undefined
        ? await runTcpProbe({ host, port }, timeoutMs, signal)
        : await runHttpProbe({ ...httpTarget(probe.httpGet), host, port }, timeoutMs, signal);
    return { ...report, target: { host, port } };
  } catch (error) {
    return { outcome: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

function httpTarget(action: HttpGetAction): Omit<HttpTarget, 'host' | 'port'> {
  return { scheme: action.scheme, path: action.path, headers: action.httpHeaders };
}

/**
 * A started container is asked for its readiness at these times besides its period, until it is ready: the
 * kubelet does so whenever it syncs a pod that is not ready.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/prober/prober_manager.go (updateReadiness)
 */
export const READINESS_SYNC_MS: readonly number[] = [100, 200, 400, 800, 1600];

/** What {@link createContainerProbes} needs. */
export interface ContainerProbesOptions {
  readonly target: ProbeTarget;
  /** The container as it runs now, but for `started`. */
  readonly look: () => Omit<ProbedContainer, 'started'>;
  /** Gives the report its better reason, where there is one. */
  readonly explain: (report: ProbeReport) => ProbeReport;
  /** A probe has been run; `result` is what is believed now. */
  readonly report: (type: ProbeType, report: ProbeReport, result: ProbeResult) => void;
}

/** All probes of one container. */
export interface ContainerProbes {
  /** Whether the startup probe has succeeded, or there is none. Asked of a running container only. */
  started(): boolean;
  /** Whether the container is started and its readiness probe has succeeded, or there is none. */
  ready(): boolean;
  /** A new container runs. */
  resume(): void;
  /** The pod is over: calls off what is being asked; resolves when nothing is left of it. Idempotent. */
  stop(): Promise<void>;
}

/** Creates the workers for the probes that the container has. */
export function createContainerProbes(options: ContainerProbesOptions): ContainerProbes {
  const { container } = options.target;
  const syncs = new Set<NodeJS.Timeout>();
  const create = (type: ProbeType, probe: Probe | undefined): ProbeWorker | undefined =>
    probe === undefined
      ? undefined
      : createProbeWorker({
          type,
          probe,
          look: () => ({ ...options.look(), started: started() }),
          run: async (_, signal) => {
            const report = await runProbe(probe, options.target, signal);
            return signal.aborted ? report : options.explain(report);
          },
          report(report, result) {
            options.report(type, report, result);
            if (type === 'startup' && result === 'success') readiness?.trigger();
          },
        });
  const startup = create('startup', container.startupProbe);
  const readiness = create('readiness', container.readinessProbe);
  const liveness = create('liveness', container.livenessProbe);
  const workers = [startup, readiness, liveness].filter((worker) => worker !== undefined);

  const started = (): boolean => startup === undefined || startup.result() === 'success';
  const ready = (): boolean =>
    started() && (readiness === undefined || readiness.result() === 'success');
  const clearSyncs = (): void => {
    for (const timer of syncs) clearTimeout(timer);
    syncs.clear();
  };
  return {
    started,
    ready,
    resume() {
      clearSyncs();
      for (const worker of workers) worker.resume();
      if (readiness === undefined) return;
      for (const delayMs of READINESS_SYNC_MS) {
        syncs.add(
          setTimeout(() => {
            if (!ready()) readiness.trigger();
          }, delayMs),
        );
      }
    },
    async stop() {
      clearSyncs();
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
