export { defaultKubeConfigFiles, type KubeConfigOptions } from './config/load-kube-config.ts';
export {
  discoverResource,
  orUndefined,
  preferredVersion,
  scalePath,
  type DiscoveredResource,
  type KindReference,
} from './discovery/discover-resource.ts';
export { apiStatusOf, type ApiStatus } from './http/api-status.ts';
export {
  createKubernetesClient,
  type KubernetesClient,
  type KubernetesClientOptions,
  type ListSelection,
  type Query,
  type WriteOptions,
} from './kubernetes-client.ts';
export type {
  KubernetesList,
  KubernetesObject,
  KubernetesObjectMeta,
  OwnerReference,
} from './kubernetes-object.ts';
export { resourcePath, type ResourceLocation } from './resource-path.ts';
export {
  createInformer,
  type Informer,
  type InformerHandlers,
  type InformerOptions,
  type InformerSelection,
} from './watch/informer.ts';
export type { ObjectHandlers } from './watch/object-store.ts';
export { BackOff, type BackOffOptions } from './watch/back-off.ts';
