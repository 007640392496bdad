import { ScrapeError } from './scrape-error.ts';

const TLS_CODE = /CERT|TLS|SSL|^EPROTO$|^UNABLE_TO_/;

/** What an error of a request says, without the target's address, which is named beside it. */
export function connectFailure(cause: Error): ScrapeError {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (TLS_CODE.test(code)) {
    const message = `has no certificate that is trusted: ${cause.message} (${code})`;
    return new ScrapeError('tls', message, {
      cause,
      remedy: "Give the scraper the authority's certificate, or scrape over http.",
    });
  }
  if (code.startsWith('HPE_')) {
    return new ScrapeError('http', `does not speak HTTP: ${cause.message}`, { cause });
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new ScrapeError('closed', 'closed the connection without an answer', { cause });
  }
  return new ScrapeError('connect', `could not be reached: ${cause.message}`, { cause });
}
