/** One named check of a probe's endpoint. */
export interface HealthCheck {
  /** Such as `ping`. */
  readonly name: string;
  /** Why it fails; undefined when it passes. */
  readonly check: () => string | undefined;
}

/** Status and body of a probe's answer. */
export interface HealthAnswer {
  /** HTTP status. */
  readonly status: 200 | 500;
  /** Plain text. */
  readonly body: string;
}

/** The query of a probe's request, such as `URLSearchParams`. */
export interface HealthQuery {
  /** All values of a parameter. */
  getAll(name: string): readonly string[];
  /** Whether a parameter is there. */
  has(name: string): boolean;
}

/**
 * Answers `/livez` and its like in kube-apiserver's words: `ok`, or each check when it fails or `?verbose` is
 * given. `?exclude=NAME` leaves a check out, as often as given. Why a check fails is only told at its own path.
 *
 * @param name - Of the endpoint, such as `readyz`.
 * @see kubernetes/kubernetes 046d201c45cebd19eb1fc4612426761c64802825
 * staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go handleRootHealth
 */
export function answerHealth(
  name: string,
  checks: readonly HealthCheck[],
  query: HealthQuery,
): HealthAnswer {
  const excluded = new Set(query.getAll('exclude'));
  let lines = '';
  let hasFailed = false;
  for (const { name: checkName, check } of checks) {
    if (excluded.delete(checkName)) {
      lines += `[+]${checkName} excluded: ok\n`;
    } else if (check() === undefined) {
      lines += `[+]${checkName} ok\n`;
    } else {
      lines += `[-]${checkName} failed: reason withheld\n`;
      hasFailed = true;
    }
  }
  if (excluded.size > 0) {
    const unknown = [...excluded].sort().map((unmatched) => JSON.stringify(unmatched));
    lines += `warn: some health checks cannot be excluded: no matches for ${unknown.join(',')}\n`;
  }
  if (hasFailed) return { status: 500, body: `${lines}${name} check failed\n` };
  return { status: 200, body: query.has('verbose') ? `${lines}${name} check passed\n` : 'ok' };
}

/**
 * Answers `/readyz/NAME` and its like.
 *
 * @see kubernetes/kubernetes 046d201c45cebd19eb1fc4612426761c64802825
 * staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go adaptCheckToHandler
 */
export function answerOneCheck({ check }: HealthCheck): HealthAnswer {
  const reason = check();
  if (reason === undefined) return { status: 200, body: 'ok' };
  return { status: 500, body: `internal server error: ${reason}\n` };
}
