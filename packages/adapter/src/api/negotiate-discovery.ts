import { readAccept, type MediaRange } from './accept.ts';
import {
  AGGREGATED_DISCOVERY_VERSIONS,
  aggregatedDiscoveryType,
  type AggregatedDiscoveryVersion,
} from './discovery.ts';

/**
 * In which form `GET /apis` is answered: aggregated discovery in a version, the list of groups (`legacy`), or not at all: a client that
 * asks for aggregated discovery alone must not be given anything else, as it would read that as a failure instead of asking the old way.
 *
 * @param accept - The header's value; empty: anything.
 * @see kubernetes/apiserver v0.37.2 pkg/endpoints/handlers/negotiation/negotiate.go
 */
export function negotiateDiscovery(
  accept: string,
): AggregatedDiscoveryVersion | 'legacy' | undefined {
  const ranges = readAccept(accept);
  if (ranges.length === 0) return 'legacy';
  for (const range of ranges) {
    if (range.parameters.has('as')) {
      const version = AGGREGATED_DISCOVERY_VERSIONS.find((one) => isVersion(range, one));
      if (version !== undefined) return version;
    } else if (['*/*', 'application/*', 'application/json'].includes(range.type)) return 'legacy';
  }
  return ranges.some(({ parameters }) => parameters.has('as')) ? undefined : 'legacy';
}

function isVersion({ type, parameters }: MediaRange, version: AggregatedDiscoveryVersion): boolean {
  const [offered, ...rest] = aggregatedDiscoveryType(version).split(';');
  return (
    type === offered &&
    rest.every((part) => {
      const [name = '', value] = part.split('=');
      return parameters.get(name) === value;
    })
  );
}
