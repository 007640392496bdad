import type { KubernetesClient } from '@bellows/kubernetes';
import type { SourceConfig } from '../config/source-config.ts';
import type { Demand } from '../demand/watch-demand.ts';
import { createKafkaSource } from '../kafka/kafka-source.ts';
import { createPodsSource } from '../pods/pods-source.ts';
import { createPostgresqlSource } from '../postgresql/postgresql-source.ts';
import type { Log } from '../self/log.ts';
import type { Source } from '../source/source.ts';

/** What direct sources are made with. */
export interface DirectSourceParts {
  /** The cluster. */
  readonly client: KubernetesClient;
  /** What its autoscalers name. */
  readonly demand: Demand;
  /** Told of what goes wrong. */
  readonly log: Log;
}

/** Sources that need no rules, in the order of the file; those of kind Prometheus are asked by rules alone. */
export function directSources(
  sources: readonly SourceConfig[],
  { client, demand, log }: DirectSourceParts,
): Source[] {
  return sources.flatMap<Source>(({ name, pods, postgresql, kafka }) => {
    if (pods !== undefined) return [createPodsSource({ name, config: pods, client, demand, log })];
    if (postgresql !== undefined)
      return [createPostgresqlSource({ name, config: postgresql, log })];
    return kafka === undefined ? [] : [createKafkaSource({ name, config: kafka, log })];
  });
}
