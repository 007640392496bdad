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
export { startLoad, type StartedLoad } from './load/start-load.ts';
export { addAddresses, removeAddress, runInNamespace } from './namespace-addresses.ts';
export { startNode, type StartedNode, type StartNodeOptions } from './node/start-node.ts';
export { startProxy, type StartedProxy } from './proxy/start-proxy.ts';
export {
  startCluster,
  startRecordedCluster,
  type Cluster,
  type ClusterOptions,
} from './start-cluster.ts';
export { createTestNamespace, type TestNamespace } from './test-namespace.ts';
export {
  startMetricsApiServer,
  type MetricsApiServer,
  type ServedMetrics,
} from './metrics/metrics-api-server.ts';
export { makePodsReady } from './pod-status.ts';
export { runBellows, type BellowsResult } from './run-bellows.ts';
export { buildGoProgram, type GoProgram } from './go/build-go-program.ts';
export {
  deployAdapter,
  type DeployedAdapter,
  type DeployOptions,
} from './metrics/deployed-adapter.ts';
export { createAuditLog, HPA_USER, type AuditEvent, type AuditLog } from './kube/audit-log.ts';
export { autoscaledObjects, type Autoscaled } from './simulated/autoscaled.ts';
export {
  startSimulatedNode,
  type SimulatedNode,
  type SimulatedNodeOptions,
} from './simulated/simulated-node.ts';
export {
  SIMULATED_PORT,
  startSimulatedPages,
  type SimulatedPages,
} from './simulated/start-pages.ts';
export { startPagePrometheus, type PagePrometheus } from './metrics/page-prometheus.ts';
export { buildKube, findGo } from '../kube/build.mjs';
export { agreementText, type Agreement } from './agreement/agreement.ts';
export {
  startRecordedControlPlane,
  type RecordedControlPlane,
} from './agreement/record-controller.ts';
