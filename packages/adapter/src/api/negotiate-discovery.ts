import {
  AGGREGATED_DISCOVERY_VERSIONS,
  aggregatedDiscoveryType,
  type AggregatedDiscoveryVersion,
} from './discovery.ts';

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly q: number;
}

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

/** The best first; those that are refused by `q=0` are left out. */
function readAccept(accept: string): MediaRange[] {
  return accept
    .split(',')
    .map(readRange)
    .filter(({ type, q }) => type !== '' && q > 0)
    .sort((a, b) => b.q - a.q);
}

function readRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [part, '']
        : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    }),
  );
  const q = Number(parameters.get('q') ?? '1');
  return { type: type.toLowerCase(), parameters, q: Number.isFinite(q) ? q : 0 };
}
