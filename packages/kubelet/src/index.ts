export { createKubelet } from './create-kubelet.ts';
export type { Kubelet, KubeletListener, KubeletOptions } from './kubelet.ts';
export type { ContainerStatus, ContainerUsage, Pod, PodStatus } from './pod.ts';
