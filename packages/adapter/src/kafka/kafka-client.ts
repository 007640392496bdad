import { BellowsError } from '@bellows/core';
import type { Admin } from '@platformatic/kafka';
import type { KafkaMetricConfig, KafkaSourceConfig } from '../config/source-config.ts';
import { GoRegExp } from '../naming/go-regexp.ts';
import type { PolledClient } from '../polled/polled-source.ts';
import type { PolledResult } from '../polled/polled-value.ts';
import { consumerLag, type PartitionOffsets } from './consumer-lag.ts';
import { KafkaConnection } from './kafka-connection.ts';
import { kafkaProblem } from './kafka-problem.ts';
import { parsePartitions, type PartitionTest } from './partition-set.ts';
import { readTopicOffsets, type TopicOffsets } from './topic-offsets.ts';

/** By topic, partition and offset; absent: nothing was committed. */
type Committed = ReadonlyMap<string, ReadonlyMap<number, bigint>>;

interface Question {
  readonly config: KafkaMetricConfig;
  readonly isCounted: PartitionTest;
  /** Undefined: topics come by name. */
  readonly pattern: GoRegExp | undefined;
}

/** Asks one cluster, over one client for all groups. */
export class KafkaClient implements PolledClient {
  readonly #connection: KafkaConnection;
  readonly #questions: readonly Question[];

  /** @param timeoutMs - Each request must be answered within this time, in milliseconds. */
  constructor(config: KafkaSourceConfig, timeoutMs: number) {
    this.#connection = new KafkaConnection(config, timeoutMs);
    this.#questions = config.metrics.map((metric) => ({
      config: metric,
      isCounted: parsePartitions(metric.partitions) ?? (() => true),
      pattern:
        metric.topicPattern === '' ? undefined : new GoRegExp(`^(?:${metric.topicPattern})$`),
    }));
  }

  async ask(signal: AbortSignal): Promise<readonly PolledResult[]> {
    const giveUp = (): void => {
      void this.close();
    };
    signal.addEventListener('abort', giveUp);
    try {
      const admin = await this.#connection.admin();
      const existing = new Set(await admin.listTopics({ includeInternals: false }));
      // What is committed comes first: read after the end, it could be ahead of it.
      const committed = await this.#committed(admin);
      const wanted = this.#questions.map((question) =>
        topicsOf(question, existing, committed.get(question.config.consumerGroup)),
      );
      const offsets = await this.#offsets(admin, wanted);
      return this.#questions.map((question, index) => {
        const group = committed.get(question.config.consumerGroup);
        const topics = wanted[index] ?? [];
        if (group === undefined || typeof group === 'string') {
          return { kind: 'problem', problem: `Kafka: ${group ?? 'it was not answered'}` };
        }
        if (typeof topics === 'string') return { kind: 'problem', problem: `Kafka: ${topics}` };
        const ends = offsets.get(question.config.isolation === 'read_committed');
        return consumerLag(
          partitionsOf(question, topics, group, ends ?? new Map()),
          question.config,
        );
      });
    } catch (error) {
      await this.close();
      if (BellowsError.is(error)) throw error;
      throw new BellowsError('ERR_ADAPTER_SOURCE', `Kafka: ${kafkaProblem(error)}`, {
        remedy: 'Look at the brokers, the credentials, and the network policy between the two.',
      });
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Of each group, or why they cannot be read: one group that we may not read is no other's trouble. */
  async #committed(admin: Admin): Promise<ReadonlyMap<string, Committed | string>> {
    const groups = [...new Set(this.#questions.map(({ config }) => config.consumerGroup))];
    const answers = await Promise.all(
      groups.map(async (group): Promise<[string, Committed | string]> => {
        try {
          return [group, await readCommitted(admin, group)];
        } catch (error) {
          const problem = kafkaProblem(error);
          // No group of this name yet: nothing is committed.
          if (problem === 'GROUP_ID_NOT_FOUND') return [group, new Map()];
          if (/^[A-Z_]+$/.test(problem)) return [group, problem];
          throw error;
        }
      }),
    );
    return new Map(answers);
  }

  /** By whether open transactions are left out. */
  async #offsets(
    admin: Admin,
    wanted: readonly (readonly string[] | string)[],
  ): Promise<ReadonlyMap<boolean, TopicOffsets>> {
    const read = async (isCommitted: boolean): Promise<[boolean, TopicOffsets]> => {
      const topics = this.#questions.flatMap(({ config }, index) => {
        const own = wanted[index] ?? [];
        const isOwn = (config.isolation === 'read_committed') === isCommitted;
        return isOwn && typeof own !== 'string' ? own : [];
      });
      return [isCommitted, await readTopicOffsets(admin, [...new Set(topics)], isCommitted)];
    };
    return new Map([await read(false), await read(true)]);
  }
}

async function readCommitted(admin: Admin, group: string): Promise<Committed> {
  const answers = await admin.listConsumerGroupOffsets({ groups: [group] });
  const topics = answers.flatMap((answer) => answer.topics);
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      new Map(
        partitions
          .filter(({ committedOffset }) => committedOffset >= 0n)
          .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
      ),
    ]),
  );
}

/** Names of topics that exist, or why there are none. A topic by name that does not exist is a mistake; one that matched is gone. */
function topicsOf(
  { config, pattern }: Question,
  existing: ReadonlySet<string>,
  committed: Committed | string | undefined,
): readonly string[] | string {
  const absent = config.topics.find((topic) => !existing.has(topic));
  if (absent !== undefined) return `there is no topic ${absent}`;
  if (config.topics.length > 0) return config.topics;
  if (pattern !== undefined) {
    const found = [...existing].filter((topic) => pattern.test(topic));
    return found.length > 0 ? found : `no topic matches ${config.topicPattern}`;
  }
  if (committed === undefined || typeof committed === 'string') return [];
  const known = [...committed.keys()].filter((topic) => existing.has(topic));
  return known.length > 0 ? known : 'the group has no offsets yet, and no topics are named';
}

function partitionsOf(
  { isCounted }: Question,
  topics: readonly string[],
  committed: Committed,
  offsets: TopicOffsets,
): readonly PartitionOffsets[] {
  return topics.flatMap((topic) =>
    [...(offsets.get(topic) ?? [])]
      .filter(([partition]) => isCounted(partition))
      .map(([partition, range]) => ({
        ...{ topic, partition, ...range },
        committed: committed.get(topic)?.get(partition),
      })),
  );
}
