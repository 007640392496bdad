import {
  histogramSamples,
  formatFloat,
  type Exemplar,
  type MetricFamily,
  type MetricType,
  type Sample,
} from '@bellows/exposition';
import { goFloat } from './go-float.ts';

type Pairs = readonly (readonly [string, string])[];

/** A family as the files hold it. */
export interface RecordedFamily {
  readonly n: string;
  readonly type: MetricType;
  readonly help?: string;
  readonly unit?: string;
  readonly ms?: readonly RecordedMetric[];
}

/** One metric of it: a value, or what a histogram or summary holds. */
interface RecordedMetric {
  readonly l?: Pairs;
  readonly v?: string;
  readonly count?: string;
  readonly sum?: string;
  readonly b?: Pairs;
  readonly q?: Pairs;
  readonly t?: string;
  readonly e?: RecordedExemplar | null;
}

/** An exemplar as the files hold it. */
export interface RecordedExemplar {
  readonly l?: Pairs;
  readonly v: string;
  readonly t?: string;
}

/**
 * A recorded family as ours.
 *
 * @param bucketExemplars - One list a histogram, one entry a bucket.
 */
export function familyOf(
  { n: name, type, help, unit, ms = [] }: RecordedFamily,
  bucketExemplars: readonly (readonly (RecordedExemplar | null)[])[] = [],
): MetricFamily {
  const samples = ms.flatMap((metric, index) =>
    samplesOf(name, type, metric, bucketExemplars[index] ?? []),
  );
  return {
    name,
    type,
    samples,
    ...(help === undefined ? {} : { help }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function samplesOf(
  name: string,
  type: MetricType,
  { l = [], v, count = '0', sum = '0', b = [], q = [], t, e }: RecordedMetric,
  exemplars: readonly (RecordedExemplar | null)[],
): Sample[] {
  const labels = Object.fromEntries(l);
  const time = t === undefined ? {} : { timestampMs: Number(t) };
  if (type === 'histogram') {
    const buckets = b.map(([bound, total], index) => ({
      upperBound: goFloat(bound),
      count: Number(total),
      exemplar: exemplarOf(exemplars[index]),
    }));
    const reading = { labels, buckets, sum: goFloat(sum), count: Number(count), ...time };
    return histogramSamples(name, reading);
  }
  if (type === 'summary') {
    return [
      ...q.map(([share, value]) => {
        const quantile = formatFloat(goFloat(share));
        return { name, labels: { ...labels, quantile }, value: goFloat(value), ...time };
      }),
      { name: `${name}_sum`, labels, value: goFloat(sum), ...time },
      { name: `${name}_count`, labels, value: Number(count), ...time },
    ];
  }
  const exemplar = exemplarOf(e);
  const rest = exemplar === undefined ? time : { ...time, exemplar };
  return [{ name, labels, value: goFloat(v ?? '0'), ...rest }];
}

function exemplarOf(recorded: RecordedExemplar | null | undefined): Exemplar | undefined {
  if (!recorded) return undefined;
  const { l = [], v, t } = recorded;
  const time = t === undefined ? {} : { timestampMs: Number(t) };
  return { labels: Object.fromEntries(l), value: goFloat(v), ...time };
}
