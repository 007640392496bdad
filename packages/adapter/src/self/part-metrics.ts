import type { MetricFamily, Sample } from '@bellows/exposition';
import type { Source, SourceState } from '../source/source.ts';
import { gaugeFamily, type Labels } from './instruments.ts';

interface Part {
  readonly labels: Labels;
  readonly state: SourceState;
}

/** How each part of each source does: rules, queries, groups. */
export function partMetrics(sources: readonly Source[]): MetricFamily[] {
  const parts = sources.flatMap((source) =>
    source
      .state()
      .map((state): Part => ({ labels: { source: source.name, part: state.part }, state })),
  );
  const prefix = 'bellows_adapter_';
  return [
    gaugeFamily(
      {
        name: `${prefix}source_up`,
        help: 'Whether a part of a source, such as a rule, a query or a group, is well.',
      },
      parts.map(({ labels, state }) => [labels, Number(state.problem === undefined)]),
    ),
    secondsFamily(
      `${prefix}source_last_success_timestamp_seconds`,
      'When a part of a source was last well.',
      parts.map(({ labels, state }) => [labels, state.lastSuccessMs]),
    ),
    secondsFamily(
      `${prefix}relist_duration_seconds`,
      'Time of the last list of a rule’s series that went well.',
      parts.map(({ labels: { source = '', part = '' }, state }) => [
        { source, rule: part },
        state.durationMs,
      ]),
    ),
    ruleErrors(`${prefix}rule_errors_total`, parts),
  ];
}

/** Without those whose time is not known. */
function secondsFamily(
  name: string,
  help: string,
  times: readonly (readonly [Labels, timeMs: number | undefined])[],
): MetricFamily {
  return gaugeFamily(
    { name, help },
    times.flatMap(([labels, timeMs]) =>
      timeMs === undefined ? [] : [[labels, timeMs / 1000] as const],
    ),
  );
}

function ruleErrors(name: string, parts: readonly Part[]): MetricFamily {
  const samples = parts.flatMap(({ labels: { source = '', part = '' }, state }) =>
    [...(state.errors ?? [])].map(([reason, value]): Sample => ({
      name,
      labels: { source, rule: part, reason },
      value,
    })),
  );
  const help = 'Lists of series and queries of a rule that failed, by error code.';
  return { name, help, type: 'counter', samples };
}

/** What sources say of themselves, each family once, with the source as a label. */
export function sourceFamilies(sources: readonly Source[], nowMs: number): MetricFamily[] {
  const families = new Map<string, MetricFamily & { readonly samples: Sample[] }>();
  for (const source of sources) {
    for (const family of source.families?.(nowMs) ?? []) {
      const known = families.get(family.name) ?? { ...family, samples: [] };
      families.set(family.name, known);
      for (const sample of family.samples) {
        known.samples.push({ ...sample, labels: { source: source.name, ...sample.labels } });
      }
    }
  }
  return [...families.values()];
}
