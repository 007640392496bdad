import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { listOf, stringMapShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import {
  booleanShape,
  enumShape,
  int32Shape,
  intOrStringShape,
  stringShape,
} from '../shape/scalar-shapes.ts';
import { optional, plain, unused } from '../shape/shape.ts';
import { checkLabels } from '../validation/labels.ts';
import {
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  portNumberProblems,
} from '../validation/names.ts';
import { checkPortOrName } from '../validation/numbers.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { Service, ServicePort } from './kinds.ts';

const ADDRESS = 'A Service listens on an address of this machine.';
const TRAFFIC = 'All endpoints are on this machine and get the same share.';

const portShape = record(
  'a port',
  {
    name: plain(stringShape),
    port: plain(int32Shape),
    targetPort: plain(intOrStringShape),
    protocol: plain(enumShape(['TCP', 'UDP', 'SCTP'], 'TCP')),
  },
  {
    ignored: {
      nodePort: ADDRESS,
      appProtocol: 'Connections are passed on as they are, whatever they carry.',
    },
  },
);

const spec = record(
  'a map with selector and ports',
  {
    type: plain(enumShape(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], 'ClusterIP')),
    clusterIP: optional(unused(stringShape, ADDRESS)),
    externalName: plain(unused(stringShape, 'Names are not served.')),
    selector: plain(stringMapShape),
    ports: plain(listOf(portShape)),
    publishNotReadyAddresses: plain(booleanShape),
  },
  {
    ignored: {
      clusterIPs: ADDRESS,
      externalIPs: ADDRESS,
      loadBalancerIP: ADDRESS,
      loadBalancerClass: ADDRESS,
      loadBalancerSourceRanges: ADDRESS,
      allocateLoadBalancerNodePorts: ADDRESS,
      healthCheckNodePort: ADDRESS,
      ipFamilies: ADDRESS,
      ipFamilyPolicy: ADDRESS,
      externalTrafficPolicy: TRAFFIC,
      internalTrafficPolicy: TRAFFIC,
      trafficDistribution: TRAFFIC,
      sessionAffinity: 'Each new connection goes to a random ready endpoint.',
      sessionAffinityConfig: 'Each new connection goes to a random ready endpoint.',
    },
  },
);

/**
 * `v1 Service`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Service and
 *   pkg/apis/core/validation/validation.go validateService
 */
export const serviceKind: KindReader = defineKind({
  kind: 'Service',
  apiVersion: 'v1',
  fields: { spec: plain(spec) },
  nameProblems: dns1123LabelProblems,
  build: (value, base): Service => ({
    kind: 'Service',
    apiVersion: 'v1',
    ...base,
    spec: buildSpec(value.spec),
  }),
  validate: ({ spec: service }, report, value) => {
    const path = FieldPath.root.child('spec');
    checkLabels(service.selector, path.child('selector'), report);
    const isHeadless = service.clusterIP === 'None';
    if (service.ports.length === 0 && !isHeadless && service.type !== 'ExternalName') {
      report.require(path.child('ports'));
    }
    if (isHeadless && (service.type === 'LoadBalancer' || service.type === 'NodePort')) {
      report.invalid(path.child('clusterIP'), 'None', [
        `may not be set to 'None' for ${service.type} services`,
      ]);
    }
    checkPorts(service.ports, path.child('ports'), report);
    if (service.type === 'ExternalName') {
      checkExternalName(value.spec.externalName, path.child('externalName'), report);
    }
  },
});

function buildSpec(given: typeof spec.zero): Service['spec'] {
  const { type, clusterIP, selector, ports, publishNotReadyAddresses } = given;
  return {
    type,
    ...(clusterIP !== undefined && { clusterIP }),
    selector,
    publishNotReadyAddresses,
    ports: ports.map((port) => ({
      ...port,
      targetPort: port.targetPort === 0 || port.targetPort === '' ? port.port : port.targetPort,
    })),
  };
}

function checkExternalName(name: string, path: FieldPath, report: ObjectReport): void {
  if (name === '') report.require(path);
  else report.invalid(path, name, dns1123SubdomainProblems(name.replace(/\.$/, '')));
}

function checkPorts(ports: readonly ServicePort[], path: FieldPath, report: ObjectReport): void {
  const names = new Set<string>();
  const numbers = new Set<string>();
  for (const [index, { name, port, targetPort, protocol }] of ports.entries()) {
    const at = path.index(index);
    if (name === '' && ports.length > 1) {
      report.require(at.child('name'), 'each of several ports needs a name');
    } else if (name !== '') {
      report.invalid(at.child('name'), name, dns1123LabelProblems(name));
      if (names.has(name)) report.reject(at.child('name'), wording.duplicate(name));
      names.add(name);
    }
    report.invalid(at.child('port'), port, portNumberProblems(port));
    if (targetPort !== port) checkPortOrName(targetPort, at.child('targetPort'), report);
    const key = `${protocol} ${port}`;
    if (numbers.has(key)) report.reject(at, wording.duplicate({ protocol, port }));
    numbers.add(key);
  }
}
