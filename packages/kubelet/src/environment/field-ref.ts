import type { ObjectMeta } from '@bellows/core';
import type { NodeIdentity } from '../kubelet.ts';

/** What the downward API can tell a container of its pod. */
export interface PodFields {
  readonly metadata: ObjectMeta;
  /** The machine it runs on. */
  readonly node: NodeIdentity;
  /** The pod's address. */
  readonly podIP: string;
}

/** This machine as a node where nobody says otherwise. */
export const LOCAL_NODE: NodeIdentity = { name: 'localhost', address: '127.0.0.1' };

const SUBSCRIPT = /^metadata\.(labels|annotations)\['([^']*)'\]$/;

/**
 * The value of a downward API `fieldPath`.
 *
 * @returns Undefined for a path that is not supported; the empty string for a label or annotation that
 *   the pod does not have.
 * @see kubernetes/kubernetes v1.37.2 pkg/fieldpath/fieldpath.go (ExtractFieldPathAsString),
 *   pkg/kubelet/kubelet_pods.go (podFieldSelectorRuntimeValue)
 */
export function readPodField(fieldPath: string, pod: PodFields): string | undefined {
  const subscript = SUBSCRIPT.exec(fieldPath);
  if (subscript !== null) {
    const values = subscript[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations;
    return values[subscript[2] ?? ''] ?? '';
  }
  return simpleFields(pod).get(fieldPath);
}

function simpleFields(pod: PodFields): ReadonlyMap<string, string> {
  return new Map([
    ['metadata.name', pod.metadata.name],
    ['metadata.namespace', pod.metadata.namespace],
    ['metadata.uid', pod.metadata.uid ?? ''],
    ['metadata.labels', formatMap(pod.metadata.labels)],
    ['metadata.annotations', formatMap(pod.metadata.annotations)],
    ['spec.nodeName', pod.node.name],
    ['spec.serviceAccountName', 'default'],
    ['status.hostIP', pod.node.address],
    ['status.hostIPs', pod.node.address],
    ['status.podIP', pod.podIP],
    ['status.podIPs', pod.podIP],
  ]);
}

function formatMap(values: Readonly<Record<string, string>>): string {
  return Object.keys(values)
    .sort()
    .map((key) => `${key}=${JSON.stringify(values[key])}`)
    .join('\n');
}
