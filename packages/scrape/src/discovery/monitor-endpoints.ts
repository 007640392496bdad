import { selectorFromLabelSelector, type Selector } from '@bellows/core';
import type { KubernetesObject } from '@bellows/kubernetes';
import type { Monitor, MonitorEndpoint, Service } from './kubernetes-shapes.ts';
import { isPort, isScheme, pathOf } from './pod-endpoint.ts';
import type { PodEndpoint, ScrapablePort } from './scrapable-pod.ts';

/** A pod as its monitors see it. */
export interface MonitoredPod extends KubernetesObject {
  /** All containers' ports. */
  readonly ports: readonly ScrapablePort[];
}

/** What monitors are read with. */
export interface MonitorObjects {
  readonly podMonitors: readonly Monitor[];
  readonly serviceMonitors: readonly Monitor[];
  readonly services: readonly Service[];
}

/** Where monitors say that a pod's pages are; none for one that no monitor selects. */
export type MonitorEndpoints = (pod: MonitoredPod) => readonly PodEndpoint[];

type Rule = (pod: MonitoredPod) => readonly PodEndpoint[];

/** Reads the monitors once, for many pods. A monitor whose selector is none selects nothing. */
export function monitorEndpoints(objects: MonitorObjects): MonitorEndpoints {
  const rules = [
    ...objects.podMonitors.map(podMonitorRule),
    ...objects.serviceMonitors.flatMap((monitor) => serviceMonitorRules(monitor, objects.services)),
  ];
  return (pod) => rules.flatMap((rule) => rule(pod));
}

function podMonitorRule(monitor: Monitor): Rule {
  const selects = objectSelector(monitor);
  const endpoints = monitor.spec?.podMetricsEndpoints ?? [];
  return (pod) =>
    selects(pod)
      ? endpoints.flatMap((endpoint) =>
          endpointAt(endpoint, endpoint.portNumber ?? endpoint.port ?? endpoint.targetPort, pod),
        )
      : [];
}

/** A rule for each Service that the monitor selects. One without selector has no pods of its own. */
function serviceMonitorRules(monitor: Monitor, services: readonly Service[]): Rule[] {
  const selects = objectSelector(monitor);
  const endpoints = monitor.spec?.endpoints ?? [];
  return services.filter(selects).flatMap((service): Rule[] => {
    const { selector = {} } = service.spec ?? {};
    if (Object.keys(selector).length === 0) return [];
    const wanted = selectorFromLabelSelector({ matchLabels: selector });
    return [
      (pod) =>
        pod.metadata.namespace === service.metadata.namespace &&
        wanted.matches(pod.metadata.labels ?? {})
          ? endpoints.flatMap((endpoint) =>
              endpointAt(endpoint, servicePort(endpoint, service), pod),
            )
          : [],
    ];
  });
}

/** A container's port, by number or name, behind what the endpoint names. */
function servicePort(
  { port, targetPort }: MonitorEndpoint,
  service: Service,
): number | string | undefined {
  if (port === undefined) return targetPort;
  const found = service.spec?.ports?.find(({ name }) => name === port);
  return found === undefined ? undefined : (found.targetPort ?? found.port);
}

function endpointAt(
  { path, scheme = 'http' }: MonitorEndpoint,
  port: number | string | undefined,
  { ports }: MonitoredPod,
): PodEndpoint[] {
  const lowerScheme = scheme.toLowerCase();
  const number =
    typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.containerPort;
  if (port === undefined || !isPort(number) || !isScheme(lowerScheme)) return [];
  return [{ port: number, path: pathOf(path), scheme: lowerScheme }];
}

function objectSelector({ metadata, spec = {} }: Monitor): (object: KubernetesObject) => boolean {
  const { any = false, matchNames } = spec.namespaceSelector ?? {};
  const namespaces = new Set(matchNames ?? [metadata.namespace]);
  const selector = readSelector(spec.selector ?? {});
  return (object) =>
    (any || namespaces.has(object.metadata.namespace)) &&
    (selector?.matches(object.metadata.labels ?? {}) ?? false);
}

/** Undefined for one that cannot be read: the API server checks none of a monitor's. */
function readSelector(selector: NonNullable<Monitor['spec']>['selector']): Selector | undefined {
  try {
    return selectorFromLabelSelector(selector ?? {});
  } catch {
    return undefined;
  }
}
