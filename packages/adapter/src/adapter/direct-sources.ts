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
  /** What is done with each source that is made. */
  readonly wrap: (source: Source) => Source;
}

/** How the sources differ from those before. */
export interface DirectSourceChange {
  /** All of them, in the order of the file. */
  readonly sources: readonly Source[];
  /** Those that are new, not started yet. */
  readonly added: readonly Source[];
  /** Those that are named no more, or otherwise. */
  readonly removed: readonly Source[];
}

interface Made {
  /** What it was made from. */
  readonly text: string;
  readonly source: Source;
}

/** Sources that need no rules, each the same for as long as what the configuration says of it is; those of kind Prometheus are asked by rules alone. */
export class DirectSources {
  readonly #parts: DirectSourceParts;
  #made: ReadonlyMap<string, Made> = new Map();

  constructor(parts: DirectSourceParts) {
    this.#parts = parts;
  }

  /** Makes what is new. The caller starts it, and stops what is left out. */
  change(configs: readonly SourceConfig[]): DirectSourceChange {
    const before = this.#made;
    const made = new Map<string, Made>();
    for (const config of configs) {
      const text = JSON.stringify({ ...config, place: undefined });
      const known = before.get(config.name);
      const source = known?.text === text ? known.source : this.#make(config);
      if (source !== undefined) made.set(config.name, { text, source });
    }
    this.#made = made;
    const [now, then] = [sourcesOf(made), sourcesOf(before)];
    return {
      sources: now,
      added: now.filter((source) => !then.includes(source)),
      removed: then.filter((source) => !now.includes(source)),
    };
  }

  #make({ name, pods, postgresql, kafka }: SourceConfig): Source | undefined {
    const { client, demand, log, wrap } = this.#parts;
    if (pods !== undefined)
      return wrap(createPodsSource({ name, config: pods, client, demand, log }));
    if (postgresql !== undefined)
      return wrap(createPostgresqlSource({ name, config: postgresql, log }));
    return kafka && wrap(createKafkaSource({ name, config: kafka, log }));
  }
}

function sourcesOf(made: ReadonlyMap<string, Made>): Source[] {
  return [...made.values()].map(({ source }) => source);
}
