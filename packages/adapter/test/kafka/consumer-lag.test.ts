import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KafkaMetricConfig } from '../../src/config/source-config.ts';
import { consumerLag, type PartitionOffsets } from '../../src/kafka/consumer-lag.ts';

const CONFIG: KafkaMetricConfig = {
  ...{ name: 'lag', namespaces: [], labels: {}, consumerGroup: 'shop' },
  ...{ topics: [], topicPattern: '', partitions: '' },
};
const at = (committed: number | undefined, end: number, start = 0): PartitionOffsets => ({
  ...{ topic: 't', partition: 0, start: BigInt(start), end: BigInt(end) },
  committed: committed === undefined ? undefined : BigInt(committed),
});
const lagOf = (
  partitions: readonly PartitionOffsets[],
  change: Partial<KafkaMetricConfig> = {},
): number => {
  const result = consumerLag(partitions, { ...CONFIG, ...change });
  return result.kind === 'value' ? result.value : Number.NaN;
};

test.each([
  ['what is not read yet', [at(3, 10), at(0, 2)], {}, 9],
  ['the furthest partition', [at(3, 10), at(0, 2)], { aggregate: 'max' }, 7],
  ['nothing', [at(5, 5)], {}, 0],
  [
    'one for each partition without offset, to begin with',
    [at(undefined, 90), at(undefined, 0)],
    {},
    2,
  ],
  [
    'what is kept, where it begins at the earliest',
    [at(undefined, 90, 60)],
    { offsetResetPolicy: 'earliest' },
    30,
  ],
  ['nothing for a topic that was made again', [at(50, 7), at(1, 3)], {}, 2],
  ['no more than the partitions can do', [at(0, 100), at(0, 100)], { lagThreshold: 10 }, 20],
  ['as it is up to that', [at(0, 15), at(0, 14)], { lagThreshold: 10 }, 29],
] as const)('is %s', (_name, partitions, change, lag) => {
  expect(lagOf(partitions, change)).toBe(lag);
});

test('no partition is a problem, not 0', () => {
  expect(consumerLag([], CONFIG)).toEqual({
    kind: 'problem',
    problem: 'Kafka: no partition counts',
  });
});

test('an offset beyond the end is a warning that names the topic', () => {
  expect(consumerLag([at(50, 7)], CONFIG)).toMatchObject({
    value: 0,
    warning: expect.stringContaining('committed more than t holds') as string,
  });
});

test('a lag is never below 0, and with a limit never asks for more replicas than partitions', () => {
  const offset = fc.nat(1_000_000);
  const partition = fc.record({
    committed: fc.option(offset, { nil: undefined }),
    end: offset,
    start: offset,
  });
  fc.assert(
    fc.property(
      fc.array(partition, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.constantFrom('sum', 'max'),
      fc.constantFrom('latest', 'earliest'),
      (all, lagThreshold, aggregate, offsetResetPolicy) => {
        const partitions = all.map(({ committed, end, start }) =>
          at(committed, end, Math.min(start, end)),
        );
        const lag = lagOf(partitions, { aggregate, offsetResetPolicy, lagThreshold });
        expect(lag).toBeGreaterThanOrEqual(0);
        expect(Math.floor(lag / lagThreshold)).toBeLessThanOrEqual(partitions.length);
      },
    ),
  );
});
