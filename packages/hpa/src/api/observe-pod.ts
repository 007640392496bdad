import type { ObservedContainer, ObservedPod } from '../observation.ts';
import type { ApiContainer, ApiPod } from './api-objects.ts';
import { timeMs } from './api-time.ts';

/** A pod as `decide` takes it, of one as the API sends it. */
export function observePod({ metadata, spec, status = {} }: ApiPod): ObservedPod {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const { resources, overhead, initContainers } = spec;
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    phase: status.phase ?? 'Pending',
    ready: ready?.status ?? null,
    readyTransitionAtMs: timeMs(ready?.lastTransitionTime) ?? 0,
    startedAtMs: timeMs(status.startTime),
    containers: spec.containers.map(observeContainer),
    ...(initContainers && { initContainers: initContainers.map(observeContainer) }),
    ...(resources?.requests && { podRequests: resources.requests }),
    ...(overhead && { overhead }),
    ...(metadata.deletionTimestamp !== undefined && {
      deletedAtMs: Date.parse(metadata.deletionTimestamp),
    }),
  };
}

function observeContainer({ name, resources, restartPolicy }: ApiContainer): ObservedContainer {
  return {
    name,
    ...(resources?.requests && { requests: resources.requests }),
    ...(restartPolicy === 'Always' && { restartPolicy: 'Always' as const }),
  };
}
