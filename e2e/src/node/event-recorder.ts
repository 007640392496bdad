import type { ObjectEvent } from '@bellows/core';
import { resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import type { ApiPodMeta } from './api-pod.ts';
import { apiTime } from './api-pod-status.ts';

/** Events that wait for the API server; more are dropped, as events are hints. */
const MAX_WAITING = 100;

/** Writes what `kubectl describe pod` shows. */
export type EventRecorder = (pod: ApiPodMeta, event: ObjectEvent) => void;

/** Makes the recorder of a node. */
export function createEventRecorder(client: KubernetesClient, node: string): EventRecorder {
  let waiting = 0;
  return ({ name, namespace, uid }, { type, reason, message }) => {
    if (waiting >= MAX_WAITING) return;
    waiting += 1;
    const now = apiTime(Date.now());
    const body = {
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
      ...{ type, reason, message: message.slice(0, 1024), count: 1 },
      ...{ firstTimestamp: now, lastTimestamp: now },
      source: { component: 'kubelet', host: node },
    };
    client
      .write('POST', resourcePath({ apiVersion: 'v1', resource: 'events', namespace }), { body })
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1;
      });
  };
}
