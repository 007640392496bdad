import { DEFAULT_EXPOSITION_LIMITS, type ExpositionLimits } from '../exposition-limits.ts';
import type { ExpositionSyntax } from '../format/exposition-format.ts';
import type { EntryScanner } from '../read/entry-scanner.ts';
import { createScanner } from '../read/exposition-options.ts';
import { limitError } from '../read/page-error.ts';
import { KeptReadings } from './kept-readings.ts';
import type { PageMemory } from './page-memory.ts';
import type { PageReader, PageReading } from './page-reading.ts';
import { rebuildPage } from './rebuild-page.ts';
import { RememberedLines } from './remembered-lines.ts';
import { rereadPage } from './reread-page.ts';
import type { WantedSeries } from './wanted-series.ts';

/** Options of {@link createPageReader}. */
export interface PageReaderOptions {
  /** Names of the series that are wanted: `x_total`, `x_bucket`, …; undefined: all. */
  readonly wanted?: ReadonlySet<string> | undefined;
  /**
   * Most lines of wanted series on a page; one with more is refused as soon as that shows. @defaultValue as many as
   * `limits` takes samples
   */
  readonly maxSeries?: number;
  /** Bounds on a page. */
  readonly limits?: ExpositionLimits;
}

/**
 * Makes a reader of one target's pages. A page is nearly the same from one scrape to the next: as long as its lines
 * are those of the page before, each costs a comparison of its bytes, and its value is read where it has changed.
 * Exemplars and help texts are checked and not kept.
 */
export function createPageReader({
  wanted,
  limits = {},
  maxSeries = limits.maxSamples ?? DEFAULT_EXPOSITION_LIMITS.maxSamples,
}: PageReaderOptions = {}): PageReader {
  return new TargetPageReader({ names: wanted, maxSeries }, limits);
}

const NO_BYTES = new Uint8Array();

class TargetPageReader implements PageReader {
  readonly #limits: Required<ExpositionLimits>;
  #wanted: WantedSeries;
  /** What was wanted when the last page was begun. */
  #rememberedFor: WantedSeries;
  #syntax: ExpositionSyntax = 'text';
  #scanner: EntryScanner;
  #bytes = new Uint8Array();
  #memory: PageMemory;
  /** Whether the page that was read has no NUL. */
  #isComparable = true;

  constructor(wanted: WantedSeries, limits: ExpositionLimits) {
    this.#limits = { ...DEFAULT_EXPOSITION_LIMITS, ...limits };
    this.#wanted = wanted;
    this.#rememberedFor = wanted;
    this.#scanner = createScanner(this.#limits);
    this.#memory = this.#emptyMemory(new KeptReadings([]));
  }

  get rememberedBytes(): number {
    const { lines, readings } = this.#memory;
    return this.#bytes.byteLength + lines.heldBytes + readings.heldBytes;
  }

  want(names: ReadonlySet<string> | undefined): void {
    this.#wanted = { ...this.#wanted, names };
  }

  read(page: Uint8Array, syntax: ExpositionSyntax): PageReading {
    const steps = this.readInSteps(page, syntax);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  *readInSteps(page: Uint8Array, syntax: ExpositionSyntax): Generator<undefined, PageReading> {
    this.#prepare(syntax);
    const whole = syntax === 'text' ? withLineEnd(page) : page;
    const scanner = this.#scanner;
    scanner.reset();
    scanner.open(whole, 0, whole.length);
    const { maxBodyBytes } = this.#limits;
    let isDone = false;
    try {
      if (page.length > maxBodyBytes) throw limitError(scanner, `at most ${maxBodyBytes} bytes`);
      if (!(yield* rereadPage(this.#memory, whole, scanner))) yield* this.#rebuild(whole);
      isDone = true;
    } finally {
      // The caller's memory is not to be kept from the garbage collector until the next page.
      scanner.open(NO_BYTES, 0, 0);
      // What is remembered may be partly of this page.
      if (!isDone) this.#forget();
    }
    const { lines, readings } = this.#memory;
    if (this.#isComparable) this.#remember(whole);
    else this.#forget();
    return readings.reading(lines.sampleCount);
  }

  /** Forgets lines that say nothing of how the next page is to be read. */
  #prepare(syntax: ExpositionSyntax): void {
    if (this.#wanted !== this.#rememberedFor) this.#forget();
    this.#rememberedFor = this.#wanted;
    if (syntax === this.#syntax) return;
    this.#syntax = syntax;
    this.#scanner = createScanner({ ...this.#limits, syntax });
    this.#forget();
  }

  *#rebuild(page: Uint8Array): Generator<undefined, void> {
    const before = this.#memory;
    this.#forget();
    const { lines, readings } = yield* rebuildPage(
      before,
      page,
      this.#scanner,
      this.#rememberedFor,
    );
    this.#memory = { lines, readings, view: before.view };
    // Bytes are compared in a way that needs this; no exposition has any.
    this.#isComparable = !page.includes(0);
  }

  /** Takes a copy of the page that was read. */
  #remember(page: Uint8Array): void {
    if (page.length > this.#bytes.length || page.length * 2 < this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.ceil(page.length * 1.05));
    }
    this.#bytes.set(page);
    const { lines, readings, view } = this.#memory;
    if (view.buffer === this.#bytes.buffer && view.byteLength === page.length) return;
    this.#memory = { lines, readings, view: new DataView(this.#bytes.buffer, 0, page.length) };
  }

  /** Forgets the lines, and keeps what is needed to know the series again. */
  #forget(): void {
    this.#memory = this.#emptyMemory(this.#memory.readings);
  }

  #emptyMemory(readings: KeptReadings): PageMemory {
    return { lines: new RememberedLines(), readings, view: new DataView(new ArrayBuffer(0)) };
  }
}

/** As upstream, text that does not end with a line break gets one. */
function withLineEnd(page: Uint8Array): Uint8Array {
  if (page.length === 0 || page.at(-1) === 10) return page;
  const whole = new Uint8Array(page.length + 1);
  whole.set(page);
  whole[page.length] = 10;
  return whole;
}
