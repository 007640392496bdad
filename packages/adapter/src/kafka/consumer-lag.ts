import type { KafkaMetricConfig } from '../config/source-config.ts';
import type { PolledResult } from '../polled/polled-value.ts';

/** What Kafka says of one partition. */
export interface PartitionOffsets {
  /** Its topic. */
  readonly topic: string;
  /** Its number. */
  readonly partition: number;
  /** What the group has committed; undefined: nothing. */
  readonly committed: bigint | undefined;
  /** Offset of the first record that is kept. */
  readonly start: bigint;
  /** Offset of the next record, or of the first open transaction for `read_committed`. */
  readonly end: bigint;
}

/**
 * How far a group is behind.
 *
 * @param partitions - Those that count.
 * @see kedacore/keda v2.18.0 pkg/scalers/kafka_scaler.go getLagForPartition, getTotalLag. Unlike there, a lag below 0 is 0 with a warning,
 *   and a group without offset that begins at the earliest record is behind by what is kept, not by the end offset.
 */
export function consumerLag(
  partitions: readonly PartitionOffsets[],
  { aggregate = 'sum', offsetResetPolicy = 'latest', lagThreshold }: KafkaMetricConfig,
): PolledResult {
  if (partitions.length === 0) return { kind: 'problem', problem: 'Kafka: no partition counts' };
  const lags = partitions.map((one) => lagOf(one, offsetResetPolicy));
  const lag =
    aggregate === 'max' ? Math.max(...lags) : lags.reduce((total, value) => total + value, 0);
  const behind = partitions.filter(
    ({ committed, end }) => committed !== undefined && committed > end,
  );
  const topics = [...new Set(behind.map(({ topic }) => topic))].join(', ');
  return {
    kind: 'value',
    value: limited(Math.max(0, lag), partitions.length, lagThreshold),
    ...(behind.length > 0 && {
      warning: `Kafka: the group has committed more than ${topics.slice(0, 200)} holds, as where a topic was made again: its lag counts as 0`,
    }),
  };
}

/**
 * The lag of one partition. A group that has committed nothing and begins with the latest record gets 1: something has to start it, so that
 * it can commit.
 */
function lagOf({ committed, start, end }: PartitionOffsets, policy: 'latest' | 'earliest'): number {
  if (committed !== undefined) return Math.max(0, Number(end - committed));
  return policy === 'latest' ? 1 : Number(end - start);
}

/** No more than one consumer for each partition has anything to do. */
function limited(lag: number, partitions: number, threshold: number | undefined): number {
  if (threshold === undefined || Math.floor(lag / threshold) <= partitions) return lag;
  return partitions * threshold;
}
