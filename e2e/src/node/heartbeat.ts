import type { KubernetesClient } from '@bellows/kubernetes';
import { renewLease } from './node-lease.ts';
import { NODE_STATUS_PERIOD_MS, reportNode } from './node-object.ts';
import type { NodeOptions } from './node-options.ts';
import { persist } from './persist.ts';

/** Keeps a Node object and its lease as those of a node that is alive. */
export interface Heartbeat {
  /** Resolves when the API server knows the node. */
  start(): Promise<void>;
  /** Says nothing any more. Idempotent. */
  stop(): void;
}

/** Makes the heartbeat of a node; when the API server is away it goes on asking. */
export function createHeartbeat(client: KubernetesClient, options: NodeOptions): Heartbeat {
  const stopping = new AbortController();
  const sinceMs = Date.now();
  const timers: NodeJS.Timeout[] = [];
  let uid = '';
  let isWriting = false;
  const beat = async (act: () => Promise<unknown>): Promise<void> => {
    // One that waits for an API server that is away will do for all.
    if (isWriting) return;
    isWriting = true;
    await persist(stopping.signal, act);
    isWriting = false;
  };
  const report = async (): Promise<void> => {
    uid = await reportNode(client, options, sinceMs);
  };
  const { name } = options.node;
  const renew = (): Promise<void> =>
    renewLease(client, { name, uid, leaseSeconds: options.leaseSeconds });
  return {
    async start() {
      await persist(stopping.signal, report);
      await persist(stopping.signal, renew);
      if (stopping.signal.aborted) return;
      timers.push(setInterval(() => void beat(renew), (options.leaseSeconds * 1000) / 4));
      timers.push(setInterval(() => void beat(report), NODE_STATUS_PERIOD_MS));
    },
    stop() {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
    },
  };
}
