import { createRandom } from '@bellows/core';
import { createPageReader } from '@bellows/exposition';
import type { Mismatch } from '../../suite.ts';
import { checkPage, compareWithOracle, isComparable } from './check-page.ts';
import type { ExpositionOracle } from './exposition-oracle.ts';
import { PageSource, type PageFormat } from './page-source.ts';

/** Pages between two looks at the clock. */
const BATCH = 200;

/** A page that is not read as it must be. */
export interface PageFinding {
  readonly format: PageFormat;
  readonly page: Uint8Array;
  readonly mismatches: readonly Mismatch[];
}

/** Options of {@link searchPages}. */
export interface PageSearch {
  /** Undefined: pages are not compared with Prometheus. */
  readonly oracle: ExpositionOracle | undefined;
  readonly seed: number;
  /** How long to search, in milliseconds; the last batch is finished. */
  readonly durationMs: number;
  /** Findings after which the search ends early. */
  readonly maxFindings: number;
  readonly onFinding: (finding: PageFinding) => void;
}

/** Searches for pages that Bellows reads wrongly until its time is over. @returns How many were read and found. */
export async function searchPages(
  search: PageSearch,
): Promise<{ readonly pages: number; readonly findings: number }> {
  const end = performance.now() + search.durationMs;
  const source = new PageSource(createRandom(search.seed));
  const readers = { prom: createPageReader(), om: createPageReader() };
  let pages = 0;
  let findings = 0;
  while (performance.now() < end && findings < search.maxFindings) {
    const format: PageFormat = (pages / BATCH) % 2 === 0 ? 'prom' : 'om';
    const batch = pagesOf(source, format);
    const found = [
      ...batch.flatMap((page) => {
        const mismatches = check(() =>
          checkPage(page, format, source.cuts(page.length), readers[format]),
        );
        return mismatches.length === 0 ? [] : [{ format, page, mismatches }];
      }),
      ...(await disagreements(search.oracle, batch, format)),
    ];
    found.forEach(search.onFinding);
    pages += batch.length;
    findings += found.length;
  }
  return { pages, findings };
}

/** Each second page is the one before, changed: as a target's next page. */
function pagesOf(source: PageSource, format: PageFormat): Uint8Array[] {
  return Array.from({ length: BATCH / 2 }, () => source.next(format)).flatMap((page) => [
    page,
    source.mutate(page),
  ]);
}

async function disagreements(
  oracle: ExpositionOracle | undefined,
  batch: readonly Uint8Array[],
  format: PageFormat,
): Promise<PageFinding[]> {
  const pages = batch.filter(isComparable);
  if (oracle === undefined || pages.length === 0) return [];
  const answers = await oracle.read(pages, format);
  return pages.flatMap((page, index) => {
    const answer = answers[index];
    if (answer === undefined) return [];
    const mismatches = check(() => compareWithOracle(page, format, answer));
    return mismatches.length === 0 ? [] : [{ format, page, mismatches }];
  });
}

/** An error that is not ours is a finding, too. */
function check(compare: () => Mismatch[]): Mismatch[] {
  try {
    return compare();
  } catch (error) {
    return [{ field: 'error', expected: 'samples or an error of ours', got: String(error) }];
  }
}
