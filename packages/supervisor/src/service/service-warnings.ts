import type { ObjectEvent } from '@bellows/core';
import { serviceSelects, type Service } from '@bellows/manifest';
import type { RunObjects } from '../run/run-objects.ts';

/** A warning and the object it is about. */
export interface ServiceWarning {
  /** `service/NAME`. */
  readonly about: string;
  readonly event: ObjectEvent;
}

/** Warnings about Services that will never pass anything on: known before any pod runs. */
export function serviceWarnings({ services, deployments }: RunObjects): ServiceWarning[] {
  return services.flatMap((service) => {
    const message = whyWithoutTraffic(service, deployments);
    if (message === undefined) return [];
    const event = { type: 'Warning', reason: 'NoEndpoints', message } as const;
    return [{ about: `service/${service.metadata.name}`, event }];
  });
}

function whyWithoutTraffic(
  service: Service,
  deployments: RunObjects['deployments'],
): string | undefined {
  const { spec } = service;
  if (spec.ports.every(({ protocol }) => protocol !== 'TCP')) {
    return 'it has no TCP port, and only TCP is passed on here';
  }
  const selector = Object.entries(spec.selector);
  if (selector.length === 0) {
    return 'it has no selector, so it gets no endpoints here; give it the labels of a pod template';
  }
  const isSelected = deployments.some(({ spec: { template } }) =>
    serviceSelects(service, template.metadata.labels),
  );
  if (isSelected) return undefined;
  const wanted = selector.map(([key, value]) => `${key}=${value}`).join(',');
  return `its selector ${wanted} matches the pods of no Deployment; make it equal to a pod template's labels`;
}
