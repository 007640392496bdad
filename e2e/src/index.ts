export { createCertificateAuthority, type CertificateAuthority } from './kube/certificates.ts';
export {
  startControlPlane,
  type ControlPlane,
  type ControlPlaneInfo,
  type ControlPlaneOptions,
} from './kube/control-plane.ts';
export { exposePort, type ExposedPort } from './kube/expose-port.ts';
export { writeKubeconfig, type KubeconfigContent } from './kube/kubeconfig-file.ts';
export { kubectl } from './kube/kubectl.ts';
export { commandInNamespace } from './kube/network-namespace.ts';
export type { ProgramName } from './kube/program-arguments.ts';
export { createTestNamespace, type TestNamespace } from './test-namespace.ts';
export {
  startMetricsApiServer,
  type MetricsApiServer,
  type ServedMetrics,
} from './metrics/metrics-api-server.ts';
export { makePodsReady } from './pod-status.ts';
export { runBellows, type BellowsResult } from './run-bellows.ts';
