import type { ExpositionSyntax } from './exposition-format.ts';

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const MEDIA_TYPE = new RegExp(`^\\s*(${TOKEN}/${TOKEN})\\s*(;.*)?$`, 's');
const PARAMETER = new RegExp(`^;\\s*(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)")\\s*`, 's');

/** Longer headers than any server sends; they are taken for none that is known. */
const MAX_LENGTH = 1024;

/**
 * By what a page with this `Content-Type` is read; undefined for one that is no exposition: HTML, JSON, protobuf,
 * OpenMetrics 2.0, none at all. A scrape that gets it has failed.
 *
 * @param contentType - The header as it came; undefined where there is none.
 * @see prometheus/prometheus v0.316.0 model/textparse/interface.go extractMediaType
 */
export function readContentType(contentType: string | undefined): ExpositionSyntax | undefined {
  if (contentType === undefined || contentType.length > MAX_LENGTH) return undefined;
  const [, mediaType, parameters = ''] = MEDIA_TYPE.exec(contentType) ?? [];
  const params = readParameters(parameters);
  if (mediaType === undefined || params === undefined) return undefined;
  if (mediaType.toLowerCase() === 'text/plain') return 'text';
  const isOpenMetrics = mediaType.toLowerCase() === 'application/openmetrics-text';
  return isOpenMetrics && params.get('version') !== '2.0.0' ? 'openmetrics' : undefined;
}

/** The parameters by name; undefined where they are none. A last semicolon may stand alone. */
function readParameters(text: string): Map<string, string> | undefined {
  const params = new Map<string, string>();
  let rest = text;
  while (rest.replace(/^;?\s*$/, '') !== '') {
    const [all, name, token, quoted] = PARAMETER.exec(rest) ?? [];
    if (all === undefined || name === undefined) return undefined;
    params.set(name.toLowerCase(), token ?? quoted?.replace(/\\(.)/gs, '$1') ?? '');
    rest = rest.slice(all.length);
  }
  return params;
}
