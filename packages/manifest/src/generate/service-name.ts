/** Longest DNS label. */
const MAX_LENGTH = 63;

/**
 * A name that Kubernetes takes, as near to `text` as it allows: `@acme/Web Shop` is `acme-web-shop`; `app` if
 * nothing is left.
 */
export function serviceName(text: string): string {
  const name = text
    .slice(0, 10 * MAX_LENGTH)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, MAX_LENGTH)
    .replace(/-$/, '');
  return name === '' ? 'app' : name;
}
