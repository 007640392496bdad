import { BellowsError, type BellowsErrorOptions } from '@bellows/core';

/** Why a scrape failed, as a label value of our own metrics: few, and stable. */
export const SCRAPE_FAILURE_REASONS = [
  /** Nobody listens, or the address cannot be reached. */
  'connect',
  /** The certificate is not trusted, or the other side speaks no TLS. */
  'tls',
  /** Not over within the time. */
  'timeout',
  /** The connection ended in the middle. */
  'closed',
  /** What came is no HTTP. */
  'http',
  /** A redirect, which is not followed. */
  'redirect',
  /** Another status than 200. */
  'status',
  /** Not a text of metrics, such as HTML. */
  'content_type',
  /** Compressed, which was not asked for. */
  'content_encoding',
  /** More bytes than allowed. */
  'body_size',
  /** A line that is none. */
  'syntax',
  /** A line too long, too many labels or too many samples. */
  'limit',
  /** A wanted series stands on the page twice. */
  'repeated_series',
  /** More wanted series than are kept. */
  'series_limit',
  /** A wanted metric has another type than on the page before. */
  'type_change',
  /** A sample's time stamp lies in the future. */
  'timestamp',
] as const;

/** One of {@link SCRAPE_FAILURE_REASONS}. */
export type ScrapeFailureReason = (typeof SCRAPE_FAILURE_REASONS)[number];

/** A scrape that failed: `ERR_SCRAPE_TARGET`. */
export class ScrapeError extends BellowsError {
  readonly reason: ScrapeFailureReason;

  constructor(reason: ScrapeFailureReason, message: string, options: BellowsErrorOptions = {}) {
    super('ERR_SCRAPE_TARGET', message, options);
    this.reason = reason;
  }
}
