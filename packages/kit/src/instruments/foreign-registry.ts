import { BellowsError } from '@bellows/core';
import { parseExposition } from '@bellows/exposition';
import type { CollectSource, CollectTask } from './collect-schedule.ts';
import type { Journal } from './journal.ts';

/** A metric of another library. */
export interface ForeignMetric {
  /** Without the suffixes of its series. */
  readonly name: string;
}

/** A registry of prom-client or @prometheus-io/client. */
export interface ForeignRegistry {
  /** Its metrics. */
  getMetricsAsArray(): readonly ForeignMetric[];
  /** The text of one of them. */
  getSingleMetricAsString(name: string): Promise<string>;
  /** What its text is written in; only text 0.0.4 is read. */
  readonly contentType?: string;
}

/**
 * Reads the metrics of another library's registry, one after the other, and puts their text into a journal when a
 * round is over. A metric that fails keeps its last text.
 *
 * @throws BellowsError `ERR_KIT_OPTION` when it is no registry, or does not write text 0.0.4.
 */
export function foreignSource(
  registry: ForeignRegistry,
  journal: Journal,
  source: number,
): CollectSource {
  requireRegistry(registry);
  const texts = new Map<string, string>();
  return {
    *tasks(): Generator<CollectTask> {
      const names = new Set(registry.getMetricsAsArray().map(({ name }) => name));
      for (const name of texts.keys()) if (!names.has(name)) texts.delete(name);
      for (const metric of names) {
        yield {
          metric,
          run: async () => {
            const text = `${await registry.getSingleMetricAsString(metric)}\n`;
            // Once is enough to find a registry that writes something else, and to have it counted and named.
            if (!texts.has(metric)) parseExposition(text);
            texts.set(metric, text);
          },
        };
      }
    },
    finish: () => {
      journal.append({ kind: 'page', source, texts: [...texts.values()] });
    },
  };
}

function requireRegistry(registry: unknown): asserts registry is ForeignRegistry {
  const { getMetricsAsArray, getSingleMetricAsString, contentType } = (registry ?? {}) as Partial<
    Record<keyof ForeignRegistry, unknown>
  >;
  const isRegistry =
    typeof getMetricsAsArray === 'function' && typeof getSingleMetricAsString === 'function';
  const type = typeof contentType === 'string' ? contentType : 'text/plain';
  if (isRegistry && type.startsWith('text/plain')) return;
  const got = isRegistry ? type : typeof registry;
  throw new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`registry\` to be a registry of prom-client or @prometheus-io/client that writes text, got \`${got}\``,
    {
      place: { field: 'registry' },
      remedy:
        'Give client.register with its first content type; the admin port negotiates OpenMetrics itself.',
    },
  );
}
