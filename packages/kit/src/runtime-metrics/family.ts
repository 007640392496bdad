import type { MetricFamily } from '@bellows/exposition';

/** A family of one series without labels, or with a series for each label value. */
export function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  value: number | LabelledValues,
): MetricFamily {
  const samples =
    typeof value === 'number'
      ? [{ name, labels: {}, value }]
      : Object.entries(value.values).map(([text, one]) => ({
          name,
          labels: { [value.label]: text },
          value: one,
        }));
  return { name, type, help, samples };
}

/** Values by the value of one label. */
export interface LabelledValues {
  readonly label: string;
  readonly values: Readonly<Record<string, number>>;
}

/** How often each text is there. */
export function countEach(texts: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}
