import type { ExpositionSyntax } from '../format/exposition-format.ts';
import type { MetricType } from '../metric-family.ts';

/** A series of a target, the same object from page to page for as long as the target serves it. */
export interface PageSeries {
  /** The series' name as it stands on the line: `x_total`, `x_bucket`, … */
  readonly name: string;
  /** Labels by name, without the series' name; `le` and `quantile` spelled as OpenMetrics does. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the TYPE line before it says of it; `untyped` where that line is about another family. */
  readonly type: MetricType;
}

/** What a page says of the series that are wanted. Read it before the next page is read. */
export interface PageReading {
  /**
   * One entry for each line of a wanted series, in page order. The same array as for the page before where the
   * lines were the same ones; a new one else.
   */
  readonly series: readonly PageSeries[];
  /** The value of the entry at the same index; longer than `series`. Overwritten by the next page. */
  readonly values: Float64Array;
  /**
   * Milliseconds since the epoch for the entry at the same index, NaN where its line says none; undefined where
   * no line says one. Overwritten by the next page.
   */
  readonly timestampsMs: Float64Array | undefined;
  /** Entries whose series came before on the page. */
  readonly repeatedCount: number;
  /** Lines with a value, wanted or not. */
  readonly sampleCount: number;
}

/** Reads a target's pages one after the other and remembers the last one's lines. */
export interface PageReader {
  /**
   * Reads the next page. The bytes are copied: the caller may use them again.
   *
   * @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`, `ERR_EXPOSITION_SERIES`; the page is worthless then, and the next
   * one is read as if it were the first.
   */
  read(page: Uint8Array, syntax: ExpositionSyntax): PageReading;
  /**
   * Reads the next page as `read` does, in steps of well below a millisecond, between which the caller may do other
   * things, but neither change the bytes nor read another page. One that is not gone on with to its end is worthless, too:
   * end it by `return`.
   *
   * @throws BellowsError as `read`.
   */
  readInSteps(page: Uint8Array, syntax: ExpositionSyntax): Generator<undefined, PageReading>;
  /**
   * Replaces the names of the series that are wanted; undefined: all. The next page that is begun is read as
   * if it were the first.
   */
  want(names: ReadonlySet<string> | undefined): void;
  /** Memory that is held for the lines of the last page, in bytes; the series' objects not counted. */
  readonly rememberedBytes: number;
}
