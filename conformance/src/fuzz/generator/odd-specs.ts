import type { HpaSpec } from '@bellows/hpa';
import fc from 'fast-check';

/*
 * Specs of which anything may be wrong that JSON can carry into the API server's types: for its validation alone,
 * since a controller never sees them.
 */

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { freq: 3, nil: undefined });
const segment = fc.constantFrom('web', '', '.', '..', 'a/b', 'a%b', 'Web', 'ünï', 'a b');
const quantity = fc.constantFrom('1', '100m', '0', '-1', '1.001', '-0.5', '1e-9', '12E', '-1500m');
const int32 = fc.constantFrom(0, 1, -1, 2, 50, 1800, 1801, 3600, 3601, 2 ** 31 - 1, -(2 ** 31));

const reference = fc.record({
  kind: segment,
  name: segment,
  apiVersion: maybe(
    fc.constantFrom('apps/v1', 'v1', '', '/', '/v1', 'apps/', 'a/b/c', 'apps', 'a//b', ' '),
  ),
});
const target = fc.record({
  type: fc.constantFrom('Utilization', 'Value', 'AverageValue', '', 'utilization', 'Other'),
  value: maybe(quantity),
  averageValue: maybe(quantity),
  averageUtilization: maybe(int32),
});
const metric = fc.record({ name: segment });
const resourceName = fc.constantFrom(
  ...['cpu', 'memory', '', 'Cpu', 'ephemeral-storage', 'hugepages-2Mi', 'hugepages-', 'pods'],
  ...['example.com/gpu', 'example.com/', '/gpu', 'a/b/c', 'kubernetes.io/x', 'requests.x/y'],
  ...['requests.cpu', 'storage', 'x'.repeat(64), `${'x'.repeat(250)}.io/gpu`, 'a b'],
);
const containerName = fc.constantFrom(
  'app',
  '',
  'App',
  'a.b',
  '-a',
  'x'.repeat(64),
  'x'.repeat(63),
);
const sources = {
  resource: fc.record({ name: resourceName, target }),
  containerResource: fc.record({ name: resourceName, container: containerName, target }),
  pods: fc.record({ metric, target }),
  object: fc.record({ describedObject: reference, metric, target }),
  external: fc.record({ metric, target }),
};
type SourceName = keyof typeof sources;

const NAMES = Object.keys(sources) as SourceName[];
const typeOf = (name: SourceName): string => name.charAt(0).toUpperCase() + name.slice(1);

const oddMetric = fc
  .record({
    present: fc.constantFrom(...NAMES),
    type: fc.oneof(
      { weight: 4, arbitrary: fc.constant('its own') },
      { weight: 1, arbitrary: fc.constantFrom('', 'resource', 'Other', ...NAMES.map(typeOf)) },
    ),
    // Of more than one that should not be there, the API server names them in no order.
    extra: fc.option(fc.constantFrom(...NAMES), { freq: 5, nil: undefined }),
    bodies: fc.record(sources),
  })
  .map(({ present, type, extra, bodies }) => {
    const isItsOwn = type === 'its own';
    return {
      type: isItsOwn ? typeOf(present) : type,
      [present]: withoutUndefined(bodies[present]),
      ...(extra !== undefined && isItsOwn && { [extra]: withoutUndefined(bodies[extra]) }),
    };
  });

const policy = fc.record({
  type: fc.constantFrom('Pods', 'Percent', '', 'pods'),
  value: int32,
  periodSeconds: int32,
});
const rules = fc.record({
  stabilizationWindowSeconds: maybe(int32),
  selectPolicy: maybe(fc.constantFrom('Max', 'Min', 'Disabled', '', 'max')),
  policies: maybe(fc.array(policy, { maxLength: 2 })),
  tolerance: maybe(quantity),
});

/** A spec that the API server may refuse for any of its reasons. */
export const oddSpec: fc.Arbitrary<HpaSpec> = fc
  .record({
    scaleTargetRef: reference,
    minReplicas: maybe(int32),
    maxReplicas: int32,
    metrics: maybe(fc.array(oddMetric, { maxLength: 2 })),
    behavior: maybe(fc.record({ scaleUp: maybe(rules), scaleDown: maybe(rules) })),
  })
  .map((spec) => withoutUndefined(spec) as unknown as HpaSpec);

/** As JSON has it. */
function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}
