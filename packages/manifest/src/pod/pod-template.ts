import { checkBellowsAnnotations } from '../annotations/check-bellows-annotations.ts';
import { checkLabelsAndAnnotations, templateMetadataShape } from '../kinds/metadata.ts';
import type { PodSpec, PodTemplate } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { listOf } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, int64Shape } from '../shape/scalar-shapes.ts';
import { optional, plain, type Shape } from '../shape/shape.ts';
import { checkNotNegative } from '../validation/numbers.ts';
import {
  buildContainer,
  checkContainer,
  containerShape,
  type GivenContainer,
} from './container.ts';

/** @see kubernetes/api v0.37.2 core/v1/types.go DefaultTerminationGracePeriodSeconds */
const DEFAULT_GRACE_PERIOD_SECONDS = 30;

const SCHEDULING = 'All pods run on this machine.';
const SECURITY = 'Processes run as the user who runs Bellows.';
const NETWORK = "Pods use this machine's network and name resolution, each with its own address.";
const SERVICE_ACCOUNT = 'There is no API server to be authenticated to.';

const IGNORED_FIELDS = {
  volumes: 'No volume is mounted: processes see the files of this machine.',
  initContainers:
    'Init containers are not run: the containers start without what those would have prepared, and sidecars among them do not run at all.',
  activeDeadlineSeconds: 'A Deployment has none in Kubernetes either.',
  nodeSelector: SCHEDULING,
  nodeName: SCHEDULING,
  affinity: SCHEDULING,
  tolerations: SCHEDULING,
  topologySpreadConstraints: SCHEDULING,
  schedulerName: SCHEDULING,
  schedulingGates: SCHEDULING,
  schedulingGroup: SCHEDULING,
  priority: SCHEDULING,
  priorityClassName: SCHEDULING,
  preemptionPolicy: SCHEDULING,
  overhead: SCHEDULING,
  runtimeClassName: 'Containers are processes of this machine.',
  os: 'Containers are processes of this machine.',
  resources: 'Pod-level resources are not read: give them to the containers.',
  resourceClaims: 'Devices are not allocated here.',
  evictionResponders: 'No pod is evicted here.',
  readinessGates: 'A pod is ready when its containers are.',
  serviceAccountName: SERVICE_ACCOUNT,
  serviceAccount: SERVICE_ACCOUNT,
  automountServiceAccountToken: SERVICE_ACCOUNT,
  imagePullSecrets: 'No image is pulled: the command is run on this machine.',
  securityContext: SECURITY,
  hostUsers: SECURITY,
  hostNetwork: NETWORK,
  hostPID: NETWORK,
  hostIPC: NETWORK,
  shareProcessNamespace: 'All processes of this machine see each other.',
  hostname: NETWORK,
  hostnameOverride: NETWORK,
  subdomain: NETWORK,
  setHostnameAsFQDN: NETWORK,
  hostAliases: NETWORK,
  dnsPolicy: NETWORK,
  dnsConfig: NETWORK,
  enableServiceLinks: 'Variables of Services are always set.',
} as const;

const specFields = {
  containers: plain(listOf(containerShape)),
  terminationGracePeriodSeconds: optional(int64Shape),
  restartPolicy: plain(enumShape(['Always', 'OnFailure', 'Never'], 'Always')),
} as const;

const templateFields = {
  metadata: plain(templateMetadataShape),
  spec: plain(
    record('a pod spec', specFields, {
      ignored: IGNORED_FIELDS,
      refused: { ephemeralContainers: 'Kubernetes refuses them in a pod template as well.' },
    }),
  ),
} as const;

/** `v1 PodTemplateSpec` as it is written. */
export interface GivenTemplate {
  readonly metadata: PodTemplate['metadata'];
  readonly spec: {
    readonly containers: readonly GivenContainer[];
    readonly terminationGracePeriodSeconds?: number;
    readonly restartPolicy: PodSpec['restartPolicy'];
  };
}

/** `v1 PodTemplateSpec`. */
export const podTemplateShape: Shape<GivenTemplate> = record(
  'a map with metadata and spec',
  templateFields,
);

/** The template that pods are made from, with its defaults. */
export function buildTemplate({ metadata, spec }: GivenTemplate): PodTemplate {
  return {
    metadata,
    spec: {
      containers: spec.containers.map(buildContainer),
      terminationGracePeriodSeconds:
        spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_PERIOD_SECONDS,
      restartPolicy: spec.restartPolicy,
    },
  };
}

/**
 * Reports what the API server refuses in a Deployment's pod template.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodTemplateSpec and
 *   pkg/apis/apps/validation/validation.go ValidatePodTemplateSpecForReplicaSet
 */
export function checkTemplate(given: GivenTemplate, path: FieldPath, report: ObjectReport): void {
  checkLabelsAndAnnotations(given.metadata, path.child('metadata'), report);
  checkBellowsAnnotations(
    given.metadata.annotations,
    'pod template',
    path.child('metadata', 'annotations'),
    report,
  );
  const spec = path.child('spec');
  const { containers, restartPolicy } = given.spec;
  const gracePeriodSeconds =
    given.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_PERIOD_SECONDS;
  checkNotNegative(gracePeriodSeconds, spec.child('terminationGracePeriodSeconds'), report);
  if (containers.length === 0) report.require(spec.child('containers'));
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = spec.child('containers').index(index);
    checkContainer(container, gracePeriodSeconds, at, report);
    if (names.has(container.name)) {
      report.reject(at.child('name'), wording.duplicate(container.name));
    }
    names.add(container.name);
  }
  if (restartPolicy !== 'Always') {
    report.reject(
      spec.child('restartPolicy'),
      wording.notSupported(restartPolicy, ['Always']),
      'Remove the field: pods of a Deployment are always restarted.',
    );
  }
}
