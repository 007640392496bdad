import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Container } from '@bellows/manifest';
import { containerCommand } from '../environment/container-command.ts';
import { containerEnvironment } from '../environment/container-environment.ts';
import { containerMark, markVariables, podVariables } from '../environment/pod-variables.ts';
import type { PodContext } from '../pod/pod-context.ts';

/** Everything a container is started with. */
export interface ContainerLaunch {
  readonly command: readonly [string, ...string[]];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  /** `NAME=VALUE` that all its processes carry. */
  readonly mark: string;
}

/**
 * Works out how a container is started.
 *
 * @throws BellowsError `ERR_KUBELET_COMMAND`, `ERR_KUBELET_ENVIRONMENT` or `ERR_CORE_QUANTITY` when the
 *   manifest does not say it.
 */
export function launchOf(container: Container, context: PodContext): ContainerLaunch {
  const { pod, address, services } = context;
  const identity = { uid: pod.metadata.uid, ...address };
  const serviceVariables =
    pod.environment === undefined ? services.serviceEnvironment : Object.entries(pod.environment);
  const variables = containerEnvironment(container, {
    pod: { metadata: pod.metadata, podIP: address.address, node: services.node },
    containers: pod.spec.containers,
    configMaps: pod.configMaps ?? services.configMaps,
    secrets: pod.secrets ?? services.secrets,
    given: new Map([...podVariables(container, identity), ...serviceVariables]),
  });
  // Added last: `$(PATH)` and `$(HOME)` of this machine mean nothing in a cluster, and stay as written.
  const all = new Map([...services.machineEnvironment, ...variables]);
  const { name } = container;
  return {
    command: containerCommand(container, variables),
    environment: markVariables(all, identity, { name, preload: services.preload }),
    workingDirectory: workingDirectory(container, pod.workingDirectory),
    mark: containerMark(pod.metadata.uid, name).join('='),
  };
}

/** An image's folder, such as `/app`, seldom exists here: then the pod's own folder is meant. */
function workingDirectory(container: Container, fallback: string): string {
  if (container.workingDir === undefined) return fallback;
  const named = resolve(fallback, container.workingDir);
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() === true ? named : fallback;
}
