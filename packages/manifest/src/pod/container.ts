import type { Container, ContainerPort } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { listOf, stringListShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, int32Shape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, plain, unused, type Shape } from '../shape/shape.ts';
import { dns1123LabelProblems, portNameProblems, portNumberProblems } from '../validation/names.ts';
import { checkEnv, checkEnvFrom, envFromShape, envVarShape } from './environment.ts';
import {
  buildLifecycle,
  checkLifecycle,
  lifecycleShape,
  type GivenLifecycle,
} from './lifecycle.ts';
import { buildProbe, checkProbe, probeShape, type GivenProbe, type ProbeRole } from './probe.ts';
import { buildResources, checkResources, resourcesShape } from './resources.ts';

const NO_IMAGE = 'No image is pulled: the command is run on this machine.';
const HOST_NETWORK = 'Each pod has an address of its own; no port of the machine is taken.';
const TERMINAL = 'Processes have no terminal and an empty standard input.';
const MESSAGE = 'The last lines of output are shown when a process fails.';

const portShape: Shape<ContainerPort> = record(
  'a port',
  {
    name: optional(stringShape),
    containerPort: plain(int32Shape),
    protocol: plain(enumShape(['TCP', 'UDP', 'SCTP'], 'TCP')),
  },
  { ignored: { hostPort: HOST_NETWORK, hostIP: HOST_NETWORK } },
);

const fields = {
  name: plain(stringShape),
  image: optional(unused(stringShape, NO_IMAGE)),
  command: optional(stringListShape),
  args: optional(stringListShape),
  workingDir: optional(stringShape),
  env: plain(listOf(envVarShape)),
  envFrom: plain(listOf(envFromShape)),
  ports: plain(listOf(portShape)),
  resources: plain(resourcesShape),
  startupProbe: optional(probeShape),
  readinessProbe: optional(probeShape),
  livenessProbe: optional(probeShape),
  lifecycle: plain(lifecycleShape),
};

/** `v1 Container` as it is written. */
export interface GivenContainer extends Omit<Container, ProbeRole | 'lifecycle'> {
  readonly startupProbe?: GivenProbe;
  readonly readinessProbe?: GivenProbe;
  readonly livenessProbe?: GivenProbe;
  readonly lifecycle: GivenLifecycle;
}

/** `v1 Container`. */
export const containerShape: Shape<GivenContainer> = record('a container', fields, {
  ignored: {
    imagePullPolicy: NO_IMAGE,
    volumeMounts: 'No volume is mounted: processes see the files of this machine.',
    volumeDevices: 'No volume is mounted: processes see the files of this machine.',
    securityContext: 'Processes run as the user who runs Bellows.',
    resizePolicy: 'Resources of a running process are not changed.',
    restartPolicy: "The pod's restartPolicy holds for every container.",
    restartPolicyRules: "The pod's restartPolicy holds for every container.",
    terminationMessagePath: MESSAGE,
    terminationMessagePolicy: MESSAGE,
    stdin: TERMINAL,
    stdinOnce: TERMINAL,
    tty: TERMINAL,
  },
});

const PROBE_ROLES: readonly ProbeRole[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** The container that is run, with its defaults. */
export function buildContainer(given: GivenContainer): Container {
  const { startupProbe, readinessProbe, livenessProbe, lifecycle, resources, ...rest } = given;
  const [startup, readiness, liveness] = [startupProbe, readinessProbe, livenessProbe].map(
    buildProbe,
  );
  return {
    ...rest,
    resources: buildResources(resources),
    lifecycle: buildLifecycle(lifecycle),
    ...(startup && { startupProbe: startup }),
    ...(readiness && { readinessProbe: readiness }),
    ...(liveness && { livenessProbe: liveness }),
  };
}

/**
 * Reports what the API server refuses in a container.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerCommon
 */
export function checkContainer(
  given: GivenContainer,
  gracePeriodSeconds: number,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (given.name === '') report.require(path.child('name'));
  else report.invalid(path.child('name'), given.name, dns1123LabelProblems(given.name));
  if (given.image === undefined || given.image === '') {
    report.warn(
      'kubernetes',
      path,
      `${path.child('image').toString()} is missing: Bellows runs the command without an image, but a cluster refuses the container.`,
      'Set the image before you apply this to a cluster.',
    );
  }
  checkPorts(given.ports, path.child('ports'), report);
  checkEnv(given.env, path.child('env'), report);
  checkEnvFrom(given.envFrom, path.child('envFrom'), report);
  checkResources(given.resources, path.child('resources'), report);
  checkLifecycle(given.lifecycle, gracePeriodSeconds, path.child('lifecycle'), report);
  for (const role of PROBE_ROLES) {
    const probe = given[role];
    if (probe !== undefined) checkProbe(probe, role, path.child(role), report);
  }
}

function checkPorts(ports: readonly ContainerPort[], path: FieldPath, report: ObjectReport): void {
  const names = new Set<string>();
  for (const [index, { name = '', containerPort }] of ports.entries()) {
    const at = path.index(index);
    if (name !== '') {
      report.invalid(at.child('name'), name, portNameProblems(name));
      if (names.has(name)) report.reject(at.child('name'), wording.duplicate(name));
      names.add(name);
    }
    if (containerPort === 0) report.require(at.child('containerPort'));
    else {
      report.invalid(at.child('containerPort'), containerPort, portNumberProblems(containerPort));
    }
  }
}
