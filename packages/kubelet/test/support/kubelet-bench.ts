import type { ObjectEvent } from '@bellows/core';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import {
  createKubelet,
  type Kubelet,
  type KubeletOptions,
  type PodStatus,
} from '../../src/index.ts';

/** A started kubelet that remembers all it has told. */
export interface KubeletBench extends AsyncDisposable {
  readonly kubelet: Kubelet;
  readonly stateDirectory: string;
  readonly statuses: PodStatus[];
  readonly deleted: PodStatus[];
  readonly events: (ObjectEvent & { readonly pod: string })[];
  readonly lines: { readonly pod: string; readonly stream: string; readonly text: string }[];
  /** Waits until a pod's status satisfies `is`. */
  until(uid: string, what: string, is: (status: PodStatus) => boolean): Promise<PodStatus>;
}

/** Starts a kubelet in a folder of its own; disposing of it stops all and removes the folder. */
export async function kubeletBench(options: Partial<KubeletOptions> = {}): Promise<KubeletBench> {
  const folder = await temporaryDirectory();
  const told = {
    statuses: [] as PodStatus[],
    deleted: [] as PodStatus[],
    events: [] as (ObjectEvent & { pod: string })[],
    lines: [] as { pod: string; container: string; stream: string; text: string }[],
  };
  const kubelet = createKubelet(
    { stateDirectory: folder.path, configMaps: [], secrets: [], environment: {}, ...options },
    {
      podChanged: (status) => told.statuses.push(status),
      podDeleted: (status) => told.deleted.push(status),
      event: (status, event) => told.events.push({ ...event, pod: status.metadata.name }),
      output: (line) => told.lines.push(line),
    },
  );
  await kubelet.start();
  return {
    kubelet,
    stateDirectory: folder.path,
    ...told,
    until: (uid, what, is) =>
      waitUntil(what, () =>
        kubelet.pods().find((status) => status.metadata.uid === uid && is(status)),
      ),
    async [Symbol.asyncDispose]() {
      await kubelet.stop(0);
      await folder[Symbol.asyncDispose]();
    },
  };
}
