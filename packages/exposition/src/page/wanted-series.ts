/** What is kept of a page. */
export interface WantedSeries {
  /** Names of the series; undefined: all. */
  readonly names: ReadonlySet<string> | undefined;
  /** Most lines with one of them. */
  readonly maxSeries: number;
}
