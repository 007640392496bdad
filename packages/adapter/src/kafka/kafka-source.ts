import type { KafkaSourceConfig } from '../config/source-config.ts';
import {
  createPolledSource,
  POLLING_DEFAULTS,
  type PolledSource,
  type PolledSourceOptions,
} from '../polled/polled-source.ts';
import { KafkaClient } from './kafka-client.ts';

/** Options of {@link createKafkaSource}. */
export interface KafkaSourceOptions extends Pick<PolledSourceOptions, 'name' | 'log' | 'now'> {
  /** The cluster, and the groups whose lag is asked for. */
  readonly config: KafkaSourceConfig;
}

/** Makes a source of external metrics from the lag of consumer groups in one Kafka cluster: over one client, asked once for all. */
export function createKafkaSource({ config, ...options }: KafkaSourceOptions): PolledSource {
  const { metrics, timeoutMs = POLLING_DEFAULTS.timeoutMs } = config;
  const client = new KafkaClient(config, timeoutMs);
  return createPolledSource({ ...options, metrics, polling: config, client });
}
