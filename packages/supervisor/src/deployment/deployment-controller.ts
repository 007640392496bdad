import { randomUUID } from 'node:crypto';
import { selectorFromLabelSelector, type Random, type Selector } from '@bellows/core';
import type { Kubelet, Pod, PodStatus } from '@bellows/kubelet';
import type { Deployment, PodSpec } from '@bellows/manifest';
import { podName, templateHash } from './pod-name.ts';
import { replicaSetStep } from './replica-set-step.ts';

/** Options of {@link createDeploymentController}. */
export interface DeploymentControllerOptions {
  readonly deployment: Deployment;
  /** The template's spec as it runs here. */
  readonly podSpec: PodSpec;
  /** Folder the pods' processes start in. */
  readonly workingDirectory: string;
  readonly kubelet: Pick<Kubelet, 'runPod' | 'deletePod' | 'pods'>;
  readonly random: Random;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Keeps the pods of one Deployment at its number of replicas: Deployment and ReplicaSet in one. */
export interface DeploymentController {
  readonly deployment: Deployment;
  /** `spec.selector`: it may take pods of others too. */
  readonly selector: Selector;
  /** `spec.replicas` now. */
  desiredReplicas(): number;
  /** Sets `spec.replicas` and acts on it at once. Returns the pods that were created. */
  scale(replicas: number): readonly PodStatus[];
  /** Creates and deletes pods until their number is right. Returns the pods that were created. */
  reconcile(): readonly PodStatus[];
  /** Its pods, terminating ones included, in order of creation. */
  pods(): readonly PodStatus[];
  /** Forgets a pod that is gone and replaces it. */
  podDeleted(uid: string): void;
  /** Makes it create and delete nothing any more. */
  stop(): void;
}

/**
 * Creates the controller of one Deployment; the first `reconcile` starts its pods.
 *
 * @throws {@link BellowsError} `ERR_CORE_SELECTOR` for a selector the API server would refuse.
 */
export function createDeploymentController(
  options: DeploymentControllerOptions,
): DeploymentController {
  const { deployment, kubelet } = options;
  const hash = templateHash(deployment.spec.template);
  const ownUids = new Set<string>();
  let replicas = deployment.spec.replicas;
  let isStopped = false;

  const pods = (): PodStatus[] =>
    kubelet.pods().filter(({ metadata }) => ownUids.has(metadata.uid));
  const createPod = (): PodStatus => {
    const pod = newPod(options, hash);
    ownUids.add(pod.metadata.uid);
    return kubelet.runPod(pod);
  };
  const reconcile = (): PodStatus[] => {
    if (isStopped) return [];
    const step = replicaSetStep(replicas, pods(), options.now());
    for (const uid of step.deleteUids) kubelet.deletePod(uid);
    return Array.from({ length: step.createCount }, createPod);
  };

  return {
    deployment,
    selector: selectorFromLabelSelector(deployment.spec.selector),
    desiredReplicas: () => replicas,
    scale: (count) => {
      replicas = count;
      return reconcile();
    },
    reconcile,
    pods,
    podDeleted: (uid) => {
      if (ownUids.delete(uid)) reconcile();
    },
    stop: () => {
      isStopped = true;
    },
  };
}

function newPod(options: DeploymentControllerOptions, hash: string): Pod {
  const { deployment, podSpec, workingDirectory, random } = options;
  const { labels, annotations } = deployment.spec.template.metadata;
  return {
    metadata: {
      name: podName(deployment.metadata.name, hash, random),
      namespace: deployment.metadata.namespace,
      uid: randomUUID(),
      labels: { ...labels, 'pod-template-hash': hash },
      annotations,
      creationTimestampMs: options.now(),
    },
    spec: podSpec,
    workingDirectory,
  };
}
