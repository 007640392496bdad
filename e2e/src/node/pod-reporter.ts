import { resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import type { ApiPodMeta } from './api-pod.ts';
import { persist } from './persist.ts';

/** Tells the API server of one pod, in order and until it has heard. */
export interface PodReporter {
  /** Writes a status soon; one that waits is replaced, as only the newest counts. */
  report(status: object): void;
  /** After the last status: removes the pod, whose processes are gone. */
  remove(): void;
}

/** Makes the reporter of a pod; it ends with `signal`, or when the pod is not there any more. */
export function createPodReporter(
  client: KubernetesClient,
  { name, namespace, uid }: ApiPodMeta,
  signal: AbortSignal,
): PodReporter {
  const pod = { apiVersion: 'v1', resource: 'pods', namespace, name };
  let waiting: object | undefined;
  let isToBeRemoved = false;
  let running: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (waiting !== undefined && !signal.aborted) {
      let status: object = waiting;
      waiting = undefined;
      await persist(signal, () => {
        status = waiting ?? status;
        waiting = undefined;
        return patch(status);
      });
    }
    if (isToBeRemoved) await persist(signal, remove);
    running = undefined;
  };
  const patch = (status: object): Promise<unknown> =>
    client.write('PATCH', resourcePath({ ...pod, subresource: 'status' }), {
      contentType: 'application/strategic-merge-patch+json',
      body: { metadata: { uid }, status },
      signal,
    });
  const remove = (): Promise<unknown> =>
    client.write('DELETE', resourcePath(pod), {
      body: { gracePeriodSeconds: 0, preconditions: { uid } },
      signal,
    });
  const start = (): void => {
    running ??= write();
  };
  return {
    report(status) {
      waiting = status;
      start();
    },
    remove() {
      isToBeRemoved = true;
      start();
    },
  };
}
