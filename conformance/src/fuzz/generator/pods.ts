import fc from 'fast-check';
import type { RecordedContainer, RecordedPod } from '../../suites/hpa/scenario.ts';
import { anyQuantity, positiveQuantity, type QuantityPlan } from './quantities.ts';

/** Some pods that are alike; ages are seconds before the tick that brings them. */
export interface PodPlan {
  readonly count: number;
  readonly phase: RecordedPod['phase'];
  readonly ready: RecordedPod['ready'];
  /** Undefined: the kubelet has not seen the pod. */
  readonly age: number | undefined;
  /** Seconds from the start to the last change of readiness. */
  readonly readyAfter: number;
  readonly isTerminating: boolean;
  readonly requests: RequestsPlan;
}

interface RequestsPlan {
  readonly containers: readonly ContainerPlan[];
  readonly initContainers: readonly ContainerPlan[];
  readonly pod: ResourcesPlan | undefined;
  readonly overhead: ResourcesPlan | undefined;
}

interface ContainerPlan {
  readonly requests: ResourcesPlan | undefined;
  readonly isSidecar: boolean;
}

interface ResourcesPlan {
  readonly cpu?: QuantityPlan | undefined;
  readonly memory?: QuantityPlan | undefined;
  /** One more resource. */
  readonly other?: { readonly name: string; readonly amount: QuantityPlan } | undefined;
}

const CONTAINER_NAMES = ['app', 'proxy', 'log'];

// A request below zero is refused by the API server, but what the controller would make of it is known.
const request = fc.oneof(
  { weight: 12, arbitrary: positiveQuantity },
  { weight: 2, arbitrary: anyQuantity.filter(({ milli }) => milli >= 0) },
  { weight: 1, arbitrary: anyQuantity },
);
const other = fc.record({
  name: fc.constantFrom('ephemeral-storage', 'example.com/gpu', 'hugepages-2Mi'),
  amount: request,
});
const resources = fc.record({
  cpu: fc.option(request, { freq: 12, nil: undefined }),
  memory: fc.option(request, { freq: 12, nil: undefined }),
  other: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: other },
  ),
});
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const container = fc.record({
  requests: fc.option(resources, { freq: 25, nil: undefined }),
  isSidecar: fc.boolean(),
});

const pod: fc.Arbitrary<PodPlan> = fc.record({
  count: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 7, max: 300 }) },
  ),
  phase: fc.oneof(
    { weight: 12, arbitrary: fc.constant('Running' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('Pending', 'Succeeded', 'Failed', 'Unknown' as const),
    },
  ),
  ready: fc.oneof(
    { weight: 8, arbitrary: fc.constant('True' as const) },
    { weight: 3, arbitrary: fc.constantFrom('False', 'Unknown', null) },
  ),
  age: fc.oneof(
    { weight: 8, arbitrary: fc.constant(3600) },
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 29, 30, 31, 60, 299, 300, 301, 330) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  readyAfter: fc.constantFrom(5, 0, 1, 10, 29, 30, 31, 60, 290),
  isTerminating: fc.oneof(
    { weight: 12, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  requests: fc.record({
    containers: fc.oneof(
      { weight: 6, arbitrary: fc.array(container, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(container, { maxLength: CONTAINER_NAMES.length }) },
    ),
    initContainers: fc.oneof(
      { weight: 8, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(container, { minLength: 1, maxLength: 2 }) },
    ),
    pod: rarely(resources),
    overhead: rarely(resources),
  }),
});

/** The pods of a tick. */
export const podPlans: fc.Arbitrary<readonly PodPlan[]> = fc.oneof(
  { weight: 15, arbitrary: fc.array(pod, { minLength: 1, maxLength: 4, size: 'medium' }) },
  { weight: 1, arbitrary: fc.constant([]) },
);

/** Makes the pods of the tick at a time, named `web-0` onwards. */
export function makePods(plans: readonly PodPlan[], at: number): RecordedPod[] {
  let next = 0;
  return plans.map((plan) => {
    const name = `web-${next}`;
    next += plan.count;
    return makePod(name, plan, at);
  });
}

function makePod(name: string, plan: PodPlan, at: number): RecordedPod {
  const { count, phase, ready, age, readyAfter, isTerminating, requests } = plan;
  const startTime = age === undefined ? null : at - age;
  return {
    name,
    ...(count > 1 && { count }),
    phase,
    ready,
    ...(ready !== null && { readyTransitionAt: (startTime ?? at) + readyAfter }),
    startTime,
    ...(isTerminating && { deletionTimestamp: at - 5 }),
    containers: requests.containers.map((each, index) => makeContainer(each, index, false)),
    ...(requests.initContainers.length > 0 && {
      initContainers: requests.initContainers.map((each, index) =>
        makeContainer(each, index + 1, each.isSidecar),
      ),
    }),
    ...(requests.pod && { podRequests: makeResources(requests.pod) }),
    ...(requests.overhead && { overhead: makeResources(requests.overhead) }),
  };
}

function makeContainer(
  { requests }: ContainerPlan,
  index: number,
  isSidecar: boolean,
): RecordedContainer {
  return {
    name: CONTAINER_NAMES[index] ?? 'app',
    ...(requests && { requests: makeResources(requests) }),
    ...(isSidecar && { restartPolicy: 'Always' as const }),
  };
}

function makeResources({ cpu, memory, other: more }: ResourcesPlan): Record<string, string> {
  return {
    ...(cpu && { cpu: cpu.text }),
    ...(memory && { memory: memory.text }),
    ...(more && { [more.name]: more.amount.text }),
  };
}
