import type { Admin } from '@platformatic/kafka';

/** Of a request for offsets. @see apache/kafka 4.1.0 clients/src/main/resources/common/message/ListOffsetsRequest.json */
const EARLIEST = -2n;
const LATEST = -1n;
const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;

/** First and next offset of a partition. */
export interface OffsetRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** Ranges by topic and partition. */
export type TopicOffsets = ReadonlyMap<string, ReadonlyMap<number, OffsetRange>>;

/**
 * Reads where topics begin and end.
 *
 * @param topics - All exist.
 * @param isCommitted - Whether the end is that of finished transactions.
 */
export async function readTopicOffsets(
  admin: Admin,
  topics: readonly string[],
  isCommitted: boolean,
): Promise<TopicOffsets> {
  if (topics.length === 0) return new Map();
  const metadata = await admin.metadata({ topics: [...topics], forceUpdate: true });
  const at = async (timestamp: bigint): Promise<Map<string, Map<number, bigint>>> => {
    const answer = await admin.listOffsets({
      topics: topics.map((name) => ({
        name,
        partitions: [...(metadata.topics.get(name)?.partitions ?? [])].map(
          (_one, partitionIndex) => ({
            partitionIndex,
            timestamp,
          }),
        ),
      })),
      isolationLevel: isCommitted ? READ_COMMITTED : READ_UNCOMMITTED,
    });
    return new Map(
      answer.map(({ name, partitions }) => [
        name,
        new Map(partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset])),
      ]),
    );
  };
  const starts = await at(EARLIEST);
  const ends = await at(LATEST);
  return new Map(
    [...ends].map(([name, partitions]) => [
      name,
      new Map(
        [...partitions].map(([partition, end]) => [
          partition,
          { start: starts.get(name)?.get(partition) ?? 0n, end },
        ]),
      ),
    ]),
  );
}
