/**
 * A time as `metav1.Time` stands in JSON: UTC, cut to whole seconds towards the past.
 *
 * @param ms - Milliseconds since the epoch; undefined is the zero time, `null`.
 * @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/time.go MarshalJSON
 */
export function formatTimestamp(ms: number | undefined): string | null {
  if (ms === undefined) return null;
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
