import type { IncomingMessage } from 'node:http';
import {
  contentTypeOf,
  negotiateFormat,
  writeExposition,
  type MetricFamily,
} from '@bellows/exposition';

/** A smaller page is not worth the work. */
const GZIP_FROM_CHARACTERS = 1024;

/** An answer to a scrape. */
export interface MetricsAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Writes families in the format and encoding that the scraper asks for.
 *
 * Compression is done here and now: zlib's thread pool is the service's, too, and may be what keeps it busy.
 * @param mayCompress - False on the main thread, which has better things to do.
 */
export function answerMetrics(
  { headers }: Pick<IncomingMessage, 'headers'>,
  families: Iterable<MetricFamily>,
  mayCompress: boolean,
): MetricsAnswer {
  const format = negotiateFormat(headers.accept);
  const page = writeExposition(families, format);
  const contentType = { 'Content-Type': contentTypeOf(format), Vary: 'Accept, Accept-Encoding' };
  const isCompressed =
    mayCompress &&
    page.length >= GZIP_FROM_CHARACTERS &&
    acceptsGzip(headers['accept-encoding'] ?? '');
  if (!isCompressed) return { headers: contentType, body: page };
  // Loaded by the first scraper that wants it.
  const { constants, gzipSync } = process.getBuiltinModule('node:zlib');
  const body = gzipSync(page, { level: constants.Z_BEST_SPEED });
  return { headers: { ...contentType, 'Content-Encoding': 'gzip' }, body };
}

/** Whether an `Accept-Encoding` names gzip, or any encoding, and does not refuse it. */
function acceptsGzip(acceptEncoding: string): boolean {
  const clauses = acceptEncoding.toLowerCase().split(',');
  const [clause] = ['gzip', '*'].flatMap((wanted) =>
    clauses.filter((one) => one.split(';')[0]?.trim() === wanted),
  );
  return clause !== undefined && !/;\s*q=0(?:\.0*)?\s*$/.test(clause);
}
