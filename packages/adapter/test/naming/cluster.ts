import { ResourceMapper, type ApiResource } from '../../src/naming/resource-mapper.ts';

const core = (name: string, kind: string, namespaced = true): ApiResource => ({
  group: '',
  version: 'v1',
  name,
  singular: kind.toLowerCase(),
  kind,
  namespaced,
});

/** A small cluster's resources, in the order of discovery. */
export const CLUSTER: ResourceMapper = new ResourceMapper([
  core('namespaces', 'Namespace', false),
  core('nodes', 'Node', false),
  core('persistentvolumes', 'PersistentVolume', false),
  core('pods', 'Pod'),
  core('services', 'Service'),
  { ...core('deployments', 'Deployment'), group: 'apps' },
  { ...core('ingresses', 'Ingress'), group: 'networking.k8s.io' },
  { ...core('pods', 'PodMetrics'), group: 'metrics.k8s.io', singular: '' },
]);

/** Where the rules of tests stand. */
export const PLACE = { file: 'config.yaml', line: 2 };
