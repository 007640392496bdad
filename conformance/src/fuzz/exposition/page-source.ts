import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Random } from '@bellows/core';

/** What a page is of, as the recorded files say it. */
export type PageFormat = 'prom' | 'om';

/** Longest page; the recorded forms hold longer texts as digests. */
const MAX_BYTES = 1800;
const MAX_MUTATIONS = 6;
const RECORDED = new URL('../../../vectors/formats/exposition-text.jsonl', import.meta.url);

/** What is put into pages: what the formats are made of, in bytes that are often at an edge. */
const PIECES: readonly Uint8Array[] = [
  ...Array.from('{}=",\\# \t\n\r:_.+-eE019aNI\0'),
  ...['# TYPE ', '# HELP ', '# UNIT ', '# EOF\n', '# EOF', ' # {a="b"} 1', '_total', '_created'],
  ...['histogram', 'summary', 'le="1"', 'quantile="0.5"', '1e400', '1_0', '0x1', '+Inf', 'NaN'],
  ...['9223372036854775807', ' 1700000000', '\\n', '\\"', '\\\\', 'é', '日', '😀', ' 1\n', 'm 1\n'],
].map((text) => Buffer.from(text));
const BROKEN: readonly Uint8Array[] = [
  [0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
].map((bytes) => Uint8Array.from(bytes));

/** Gives pages: recorded ones that are changed in a few places, and bytes by chance. */
export class PageSource {
  readonly #random: Random;
  readonly #recorded: Record<PageFormat, Uint8Array[]> = { prom: [], om: [] };

  /** @param random - From a seed. */
  constructor(random: Random) {
    this.#random = random;
    for (const line of readFileSync(fileURLToPath(RECORDED), 'utf8').split('\n')) {
      if (line === '') continue;
      const { fmt, input } = JSON.parse(line) as { fmt: PageFormat; input?: string };
      if (input !== undefined && input.length < MAX_BYTES)
        this.#recorded[fmt].push(Buffer.from(input));
    }
  }

  /** The next page. */
  next(format: PageFormat): Uint8Array {
    if (this.#random() < 0.05) return this.#noise();
    const pages = this.#recorded[format];
    let page = this.#pick(pages);
    if (this.#random() < 0.3) page = this.#spliced(page, this.#pick(pages));
    return this.mutate(page);
  }

  /** A page that differs from another one in a few places. */
  mutate(page: Uint8Array): Uint8Array {
    let mutated = page;
    for (let count = this.#below(MAX_MUTATIONS); count > 0; count -= 1)
      mutated = this.#once(mutated);
    return mutated.subarray(0, MAX_BYTES);
  }

  /** Where a page of so many bytes is cut into chunks. */
  cuts(length: number): number[] {
    const cuts = Array.from({ length: this.#below(5) }, () => this.#below(length + 1));
    return [0, ...cuts.sort((a, b) => a - b), length];
  }

  #once(page: Uint8Array): Uint8Array {
    const at = this.#below(page.length + 1);
    const end = Math.min(page.length, at + 1 + this.#below(8));
    const piece = this.#pick(this.#random() < 0.05 ? BROKEN : PIECES);
    const choice = this.#below(4);
    // Put in, replace, cut out, double.
    const middle = choice === 2 ? new Uint8Array() : choice === 3 ? this.#line(page, at) : piece;
    return Buffer.concat([page.subarray(0, at), middle, page.subarray(choice === 0 ? at : end)]);
  }

  #line(page: Uint8Array, at: number): Uint8Array {
    const end = page.indexOf(10, at);
    return page.subarray(at, end === -1 ? page.length : end + 1);
  }

  #spliced(a: Uint8Array, b: Uint8Array): Uint8Array {
    return Buffer.concat([
      a.subarray(0, this.#below(a.length + 1)),
      b.subarray(this.#below(b.length + 1)),
    ]);
  }

  #noise(): Uint8Array {
    return Uint8Array.from({ length: this.#below(200) }, () => this.#below(256));
  }

  #pick<T>(from: readonly T[]): T {
    const picked = from[this.#below(from.length)];
    if (picked === undefined) throw new Error('Expected something to pick from');
    return picked;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}
