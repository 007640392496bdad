import { get } from 'node:http';
import type { Replica } from './replica.ts';

const PERIOD_MS = 1_000;
const PROBE_TIMEOUT_MS = 1_000;

/** Says where a new connection goes. As with kube-proxy, established ones stay where they are. */
export interface Router {
  /** Port of the next replica that is ready, in turn. */
  next(): number;
  stop(): void;
}

/** Probes each replica once a second on a new connection; one failure takes it out, one success brings it back. */
export function startRouter(replicas: readonly Replica[]): Router {
  const ready = new Set(replicas);
  const probeAll = (): void => {
    for (const replica of replicas) {
      void isReady(replica).then((is) => (is ? ready.add(replica) : ready.delete(replica)));
    }
  };
  const timer = setInterval(probeAll, PERIOD_MS);
  let turn = 0;
  return {
    next: () => {
      const candidates = ready.size > 0 ? [...ready] : replicas;
      turn += 1;
      return candidates[turn % candidates.length]?.port ?? 0;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Whether the replica answers its readiness probe with 2xx in time. */
function isReady({ probePort, readyPath }: Replica): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port: probePort, path: readyPath, agent: false };
    const probe = get({ ...options, timeout: PROBE_TIMEOUT_MS }, ({ statusCode = 0 }) => {
      probe.destroy();
      resolve(statusCode >= 200 && statusCode < 300);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => {
      resolve(false);
    });
  });
}
