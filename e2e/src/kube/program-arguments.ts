import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADVERTISE_ADDRESS, API_SERVER_PORT } from './network-namespace.ts';

/** The programs of a control plane, in the order they start. */
export const PROGRAM_NAMES = ['etcd', 'apiserver', 'controller-manager', 'scheduler'] as const;

/** One of {@link PROGRAM_NAMES}. */
export type ProgramName = (typeof PROGRAM_NAMES)[number];

/** Flags added to a program's own; a later one of the same name wins. */
export type ExtraFlags = Readonly<Partial<Record<ProgramName, readonly string[]>>>;

/** Controllers that end-to-end tests need; the others only cost time and memory. */
const CONTROLLERS = [
  'horizontal-pod-autoscaler-controller',
  'deployment-controller',
  'replicaset-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'disruption-controller',
  // A chart's hooks are Jobs.
  'job-controller',
  'clusterrole-aggregation-controller',
  // The next three look after nodes: their taints, the pods of a node that went silent, pods without a node.
  'node-lifecycle-controller',
  'taint-eviction-controller',
  'pod-garbage-collector-controller',
];

/** The arguments of each program; files are in `folder`, see `writeCredentials`. */
export function programArguments(folder: string, extra: ExtraFlags): Record<ProgramName, string[]> {
  const file = (name: string): string => join(folder, name);
  writeSchedulerConfig(file('scheduler-config.json'), file('scheduler.json'));
  const own: Record<ProgramName, string[]> = {
    etcd: [`--data-dir=${file('etcd')}`],
    apiserver: apiServerFlags(file),
    'controller-manager': [
      `--kubeconfig=${file('controller-manager.json')}`,
      '--leader-elect=false',
      // The HPA controller then has an identity of its own, so that the RBAC of metrics APIs is tested.
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${file('service-account.key')}`,
      `--root-ca-file=${file('ca.crt')}`,
      '--bind-address=127.0.0.1',
      `--controllers=${CONTROLLERS.join(',')}`,
    ],
    // `--kubeconfig` is ignored beside `--config`.
    scheduler: [`--config=${file('scheduler-config.json')}`, '--bind-address=127.0.0.1'],
  };
  for (const name of PROGRAM_NAMES) own[name].push(...(extra[name] ?? []));
  return own;
}

function apiServerFlags(file: (name: string) => string): string[] {
  return [
    '--etcd-servers=http://127.0.0.1:2379',
    // Pods find it at its advertised address; nothing leaves the namespace.
    '--bind-address=0.0.0.0',
    `--secure-port=${API_SERVER_PORT}`,
    `--advertise-address=${ADVERTISE_ADDRESS}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    `--client-ca-file=${file('ca.crt')}`,
    `--tls-cert-file=${file('apiserver.crt')}`,
    `--tls-private-key-file=${file('apiserver.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('service-account.crt')}`,
    `--service-account-signing-key-file=${file('service-account.key')}`,
    // A node may do what a kubelet may, for its own pods.
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--disable-admission-plugins=ServiceAccount',
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-certificate-authority=${file('ca.crt')}`,
    `--kubelet-client-certificate=${file('apiserver-kubelet-client.crt')}`,
    `--kubelet-client-key=${file('apiserver-kubelet-client.key')}`,
    `--requestheader-client-ca-file=${file('front-proxy-ca.crt')}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${file('front-proxy-client.crt')}`,
    `--proxy-client-key-file=${file('front-proxy-client.key')}`,
  ];
}

function writeSchedulerConfig(file: string, kubeconfig: string): void {
  const config = {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    leaderElection: { leaderElect: false },
    clientConnection: { kubeconfig },
  };
  writeFileSync(file, JSON.stringify(config));
}
