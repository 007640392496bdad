import { BellowsError } from '@bellows/core';
import type { Labels } from './instrument.ts';

/** Value of every label of the series that takes what is beyond the cap. */
export const OVERFLOW_LABEL_VALUE = 'overflow';

/** Options of {@link SeriesTable}. */
export interface SeriesTableOptions<Series> {
  readonly metricName: string;
  readonly labelNames: readonly string[];
  /** Label sets it holds at most, besides the overflow series. */
  readonly maxSeries: number;
  readonly create: (labelValues: readonly string[]) => Series;
  /** Told of each use of the overflow series. */
  readonly onOverflow: () => void;
}

/** The series of one metric by their label values, created on first use, up to a cap. */
export class SeriesTable<Name extends string, Series> {
  readonly #options: SeriesTableOptions<Series>;
  readonly #series = new Map<string, Series>();
  #overflow: Series | undefined;
  /** The series without labels, kept because it needs no key. */
  #unlabelled: Series | undefined;

  constructor(options: SeriesTableOptions<Series>) {
    this.#options = options;
  }

  /**
   * The series with these labels, or the overflow series when it would be one too many.
   * @throws BellowsError `ERR_KIT_METRIC` for a label the metric does not have.
   */
  resolve(labels?: Labels<Name>): Series {
    if (labels === undefined) return (this.#unlabelled ??= this.resolve({} as Labels<Name>));
    const values = this.#valuesOf(labels);
    const key = keyOf(values);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= this.#options.maxSeries) return this.#overflowSeries();
    const series = this.#options.create(values);
    this.#series.set(key, series);
    return series;
  }

  #overflowSeries(): Series {
    this.#options.onOverflow();
    this.#overflow ??= this.#options.create(
      this.#options.labelNames.map(() => OVERFLOW_LABEL_VALUE),
    );
    return this.#overflow;
  }

  #valuesOf(labels: Labels<Name>): string[] {
    const { labelNames, metricName } = this.#options;
    const given = labels as Readonly<Record<string, string | number | undefined>>;
    for (const name in given) {
      if (labelNames.includes(name)) continue;
      throw new BellowsError(
        'ERR_KIT_METRIC',
        `Expected labels of ${metricName} to be among [${labelNames.join(', ')}], got \`${name}\``,
        { remedy: `Add '${name}' to labelNames of ${metricName}, or leave the label out.` },
      );
    }
    return labelNames.map((name) => String(given[name] ?? ''));
  }
}

/** Each value is preceded by its length, so that no two lists have the same key. */
function keyOf(values: readonly string[]): string {
  let key = '';
  for (const value of values) key += `${value.length}:${value}`;
  return key;
}
