import { ResourceMapper, type ApiResource } from '../naming/resource-mapper.ts';

type Row = readonly [group: string, version: string, name: string, kind: string];

const NAMESPACED: readonly Row[] = [
  ['', 'v1', 'pods', 'Pod'],
  ['', 'v1', 'services', 'Service'],
  ['', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['', 'v1', 'replicationcontrollers', 'ReplicationController'],
  ['', 'v1', 'configmaps', 'ConfigMap'],
  ['', 'v1', 'secrets', 'Secret'],
  ['', 'v1', 'serviceaccounts', 'ServiceAccount'],
  ['apps', 'v1', 'deployments', 'Deployment'],
  ['apps', 'v1', 'statefulsets', 'StatefulSet'],
  ['apps', 'v1', 'daemonsets', 'DaemonSet'],
  ['apps', 'v1', 'replicasets', 'ReplicaSet'],
  ['batch', 'v1', 'jobs', 'Job'],
  ['batch', 'v1', 'cronjobs', 'CronJob'],
  ['autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io', 'v1', 'ingresses', 'Ingress'],
  ['policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget'],
];

const CLUSTER_WIDE: readonly Row[] = [
  ['', 'v1', 'namespaces', 'Namespace'],
  ['', 'v1', 'nodes', 'Node'],
  ['', 'v1', 'persistentvolumes', 'PersistentVolume'],
  ['storage.k8s.io', 'v1', 'storageclasses', 'StorageClass'],
];

/** Resources that every cluster has and metrics are usually about: what rules are looked at with where no cluster is. */
export function commonResources(): ResourceMapper {
  return new ResourceMapper([
    ...CLUSTER_WIDE.map((row) => resourceOf(row, false)),
    ...NAMESPACED.map((row) => resourceOf(row, true)),
  ]);
}

function resourceOf([group, version, name, kind]: Row, namespaced: boolean): ApiResource {
  return { group, version, name, singular: kind.toLowerCase(), kind, namespaced };
}
