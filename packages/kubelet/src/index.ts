export { createKubelet } from './create-kubelet.ts';
export type {
  Kubelet,
  KubeletListener,
  KubeletOptions,
  NodeIdentity,
  OutputLine,
} from './kubelet.ts';
export { tellingLine } from './output/telling-line.ts';
export type {
  ContainerState,
  ContainerStateRunning,
  ContainerStateTerminated,
  ContainerStateWaiting,
  ContainerStatus,
  ContainerUsage,
  Pod,
  PodMeta,
  PodStatus,
} from './pod.ts';
export { isPodReady, podCondition } from './pod-condition.ts';
