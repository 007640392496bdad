import type { Container } from '@bellows/manifest';
import { requireFirst } from './machine-environment.ts';

/** What a container is told about its pod. */
export interface PodIdentity {
  readonly uid: string;
  readonly address: string;
  /** Manifest port to real port; empty where the pod has an address of its own. */
  readonly portMap: Readonly<Record<number, number>>;
}

/**
 * Variables that a manifest may override: `POD_IP`, `HOST`, `HOSTNAME` (all the pod's address; a pod's
 * name does not resolve here) and `PORT` (the first TCP container port, as this machine gives it).
 */
export function podVariables(container: Container, pod: PodIdentity): Map<string, string> {
  const variables = new Map([
    ['POD_IP', pod.address],
    ['HOST', pod.address],
    ['HOSTNAME', pod.address],
  ]);
  const port = container.ports.find(({ protocol }) => protocol === 'TCP')?.containerPort;
  if (port !== undefined) variables.set('PORT', String(pod.portMap[port] ?? port));
  return variables;
}

/** Name of the variable by which a pod's processes are found. */
export const POD_UID_VARIABLE = 'BELLOWS_POD_UID';

/** The variable by which the processes of one container are found, wherever they went. */
export function containerMark(uid: string, container: string): readonly [string, string] {
  return ['BELLOWS_CONTAINER', `${uid}/${container}`];
}

/**
 * Sets what the manifest cannot override: the pod's mark on its processes, and the preload with its
 * address.
 */
export function markVariables(
  variables: ReadonlyMap<string, string>,
  pod: PodIdentity,
  container: { readonly name: string; readonly preload: string },
): Map<string, string> {
  const marked = new Map(variables)
    .set(POD_UID_VARIABLE, pod.uid)
    .set(...containerMark(pod.uid, container.name))
    .set('BELLOWS_POD_IP', pod.address)
    .set('NODE_OPTIONS', requireFirst(container.preload, variables.get('NODE_OPTIONS')));
  const pairs = Object.entries(pod.portMap).map(([from, to]) => `${from}=${to}`);
  return pairs.length === 0 ? marked : marked.set('BELLOWS_PORT_MAP', pairs.join(','));
}
