import { nearestSpelling } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import type { Deployment, HorizontalPodAutoscaler } from '../kinds/kinds.ts';
import {
  areContainersSound,
  describeObject,
  didYouMean,
  type Findings,
  type ReferenceScope,
} from './findings.ts';

/** Finds metrics whose containers do not exist or lack the request that a utilization is a part of. */
export function checkRequests(
  hpa: HorizontalPodAutoscaler,
  deployment: Deployment,
  { scope, findings }: { readonly scope: ReferenceScope; readonly findings: Findings },
): void {
  const metrics = hpa.spec.metrics ?? [];
  const { containers } = deployment.spec.template.spec;
  const areNamesSound = areContainersSound(scope, deployment, 'name');
  const areRequestsSound = areNamesSound && areContainersSound(scope, deployment, 'resources');
  for (const [index, metric] of metrics.entries()) {
    const { containerResource } = metric;
    const source = metric.resource ?? containerResource;
    if (source === undefined) continue;
    const measured =
      containerResource === undefined
        ? containers
        : containers.filter(({ name }) => name === containerResource.container);
    const field = `spec.metrics[${index}].${containerResource ? 'containerResource' : 'resource'}`;
    if (containerResource !== undefined && measured.length === 0 && areNamesSound) {
      const names = containers.map(({ name }) => name);
      findings.problem(
        hpa,
        `${field}.container`,
        `${describeObject(deployment)} has no container ${JSON.stringify(containerResource.container)}`,
        `${didYouMean(nearestSpelling(containerResource.container, names))}Containers: ${names.join(', ')}.`,
      );
    }
    if (!isUtilization(metric) || !areRequestsSound) continue;
    const lacking = measured.filter(
      ({ resources }) => !Object.hasOwn(resources.requests, source.name),
    );
    if (lacking.length === 0) continue;
    const names = lacking.map(({ name }) => name).join(', ');
    const message = `a utilization of ${source.name} is a percentage of the request, and ${describeObject(deployment)} requests none for ${names}`;
    const remedy = `Add resources.requests.${source.name} to ${names} of ${describeObject(deployment)}.`;
    // Without any other metric nothing could ever be decided.
    if (metrics.length === 1) findings.problem(hpa, field, message, remedy);
    else findings.warning(hpa, field, `${message}.`, remedy);
  }
}

function isUtilization({ resource, containerResource }: MetricSpec): boolean {
  return (resource ?? containerResource)?.target.averageUtilization !== undefined;
}
