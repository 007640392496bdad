import type { MetricFamily, Sample } from '@bellows/exposition';

/** How the values of several processes or loops become one. */
type Rule = 'sum' | 'max' | 'first';

/** What is about the whole container or about the process that answers, so that each process says the same. */
const OF_THE_WHOLE =
  /^(?:bellows_(?:phase|heartbeat_age_seconds|admin_worker|children)$|cgroup_)|^process_start_time_seconds$|_info$/;
/** Ages and delays: the worst one counts. */
const OF_THE_WORST = /_age_seconds$|eventloop_lag/;

/** The rule of a family, by its type and name: counters and buckets add up, as do gauges of amounts. */
function ruleOf({ name, type }: MetricFamily): Rule {
  if (type === 'counter' || type === 'histogram' || type === 'summary') {
    return OF_THE_WHOLE.test(name) ? 'first' : 'sum';
  }
  if (OF_THE_WHOLE.test(name)) return 'first';
  return OF_THE_WORST.test(name) ? 'max' : 'sum';
}

/**
 * Makes one page of several: of the primary first, then of its children. Samples with the same labels become one. The
 * quantiles of summaries are left out when there is more than one page that has them: they cannot be added.
 */
export function mergeFamilies(pages: readonly Iterable<MetricFamily>[]): MetricFamily[] {
  const merged = new Map<string, { family: MetricFamily; samples: Map<string, Sample> }>();
  const isShared = new Set<string>();
  for (const page of pages) {
    for (const family of page) {
      const known = merged.get(family.name);
      if (known === undefined) {
        const samples = new Map(family.samples.map((sample) => [keyOf(sample), sample]));
        merged.set(family.name, { family, samples });
      } else if (known.family.type === family.type) {
        isShared.add(family.name);
        addSamples(known.samples, family.samples, ruleOf(family));
      }
    }
  }
  return [...merged.values()].map(({ family, samples }) => {
    const all = [...samples.values()];
    const isWithoutQuantiles = family.type === 'summary' && isShared.has(family.name);
    return {
      ...family,
      samples: isWithoutQuantiles ? all.filter(({ labels }) => !('quantile' in labels)) : all,
    };
  });
}

/** What only rises, for the account of a child that is gone: what it counted stays counted. */
export function lastingFamilies(page: readonly MetricFamily[]): MetricFamily[] {
  return page.filter((family) => {
    const isCount = family.type === 'counter' || family.type === 'histogram';
    return isCount && ruleOf(family) === 'sum';
  });
}

function addSamples(known: Map<string, Sample>, samples: readonly Sample[], rule: Rule): void {
  for (const sample of samples) {
    const key = keyOf(sample);
    const before = known.get(key);
    if (before === undefined) {
      if (rule !== 'first') known.set(key, sample);
    } else if (rule !== 'first') {
      const value =
        rule === 'max' ? Math.max(before.value, sample.value) : before.value + sample.value;
      known.set(key, { ...before, value });
    }
  }
}

function keyOf({ name, labels }: Sample): string {
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${name}${JSON.stringify(sorted)}`;
}
