/** What has labels. */
export interface Labelled {
  /** Values by name. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Puts what has labels into groups that agree in the labels named, as PromQL's `by`; a label that is absent is
 * as good as an empty one.
 *
 * @param labelNames - Without a name, everything is one group.
 * @returns In the order in which groups were met; without a group for no items.
 * @see prometheus/prometheus v2.42.0 promql/engine.go aggregation
 */
export function groupByLabels<T extends Labelled>(
  items: Iterable<T>,
  labelNames: readonly string[],
): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = JSON.stringify(labelNames.map((name) => item.labels[name] ?? ''));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
