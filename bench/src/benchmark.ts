/** How long and how often a benchmark measures. */
export interface BenchSettings {
  /** Rounds; each contender runs once in each, in changing order. */
  readonly rounds: number;
  /** Length of one measurement, in seconds. */
  readonly seconds: number;
}

/** One line of a benchmark's result. */
export interface BenchRow {
  /** What was measured, with its unit: `CPU per keep-alive request, µs`. */
  readonly what: string;
  /** Figure of Bellows. */
  readonly ours: string;
  /** Figure of the peer or of the base it is compared with; undefined when there is none. */
  readonly peer: string | undefined;
  /** Efficiency of ours relative to the peer's, or another ratio the goal speaks of. */
  readonly ratio: string | undefined;
  /** The goal in words, such as `≥ 0.6`; undefined when the line is for information. */
  readonly goal: string | undefined;
  /** Whether the goal is met; true without a goal. */
  readonly isMet: boolean;
}

/** A benchmark: one file, listed in `benchmarks.ts`. */
export interface Benchmark {
  readonly name: string;
  /** One line for `npm run bench -- --help`. */
  readonly summary: string;
  /** Settings it has by itself; what is not named is as for all. */
  readonly defaults?: Partial<BenchSettings>;
  /** Why it cannot run on this machine and what to install; undefined when it can. */
  readonly obstacle: () => string | undefined;
  /** Measures; ends every process it has started. */
  readonly run: (settings: BenchSettings) => Promise<readonly BenchRow[]>;
}
