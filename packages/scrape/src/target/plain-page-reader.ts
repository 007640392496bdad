import {
  readExposition,
  type MetricType,
  type PageReader,
  type PageSeries,
} from '@bellows/exposition';

/** Reads each page as if it were the first. */
export function createPlainPageReader(): PageReader {
  let wanted: ReadonlySet<string> | undefined;
  return {
    rememberedBytes: 0,
    want(names) {
      wanted = names;
    },
    read(page) {
      const series: PageSeries[] = [];
      const values: number[] = [];
      const stamps: number[] = [];
      const seen = new Map<string, PageSeries>();
      let repeatedCount = 0;
      let sampleCount = 0;
      let family = '';
      let type: MetricType = 'untyped';
      for (const event of readExposition(page)) {
        if (event.kind === 'type') [family, type] = [event.name, event.type];
        if (event.kind !== 'sample') continue;
        sampleCount += 1;
        const { name, labels, value, timestampMs } = event.sample;
        if (!(wanted?.has(name) ?? true)) continue;
        const key = JSON.stringify([name, Object.entries(labels).sort()]);
        const before = seen.get(key);
        if (before !== undefined) repeatedCount += 1;
        const one = before ?? { name, labels, type: name.startsWith(family) ? type : 'untyped' };
        seen.set(key, one);
        series.push(one);
        values.push(value);
        stamps.push(timestampMs ?? Number.NaN);
      }
      const hasStamps = stamps.some((stamp) => !Number.isNaN(stamp));
      return {
        series,
        values: Float64Array.from(values),
        timestampsMs: hasStamps ? Float64Array.from(stamps) : undefined,
        repeatedCount,
        sampleCount,
      };
    },
  };
}
