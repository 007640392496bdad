import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import type { AdmissionParts } from './http-admission.ts';
import { normalizeLimitOptions } from './limit-options.ts';
import { Places } from './places.ts';
import { WorkLimit } from './work-limit.ts';

/** Bounds on what runs at once, for requests and for any other work. */
export function createLimits(
  { queueMetrics, drainables, changes, failures }: KitContext,
  http: Omit<AdmissionParts, 'failures'>,
): Pick<Kit, 'limit'> {
  return {
    limit: (options) => {
      const normalized = normalizeLimitOptions(options);
      const places = new Places(normalized, queueMetrics.forQueue(normalized.name));
      const limit = new WorkLimit(places, { ...http, failures }, () => {
        changes.ring();
      });
      drainables.add(limit);
      return limit;
    },
  };
}
