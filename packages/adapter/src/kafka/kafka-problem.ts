/** What is wrong, by Kafka's own codes, in words that hold no address and no secret. */
export function kafkaProblem(error: unknown): string {
  const code = firstCode(error, 0);
  if (code === undefined) return 'it cannot be reached';
  if (/CERT|TLS/.test(code)) return `the broker's certificate is not trusted (${code})`;
  if (code.startsWith('E')) return `it cannot be reached (${code})`;
  return /SASL|AUTHENTICATION/.test(code) ? `the login was refused (${code})` : code;
}

/** Errors hold other errors, whose innermost says most. */
function firstCode(error: unknown, depth: number): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 6) return undefined;
  const { errors, cause, apiId, code } = error as Readonly<Record<string, unknown>>;
  for (const inner of [...(Array.isArray(errors) ? (errors as unknown[]) : []), cause]) {
    const found = firstCode(inner, depth + 1);
    if (found !== undefined) return found;
  }
  for (const own of [apiId, code]) {
    if (typeof own === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(own) && !own.startsWith('PLT_')) {
      return own;
    }
  }
  return code === 'PLT_KFK_AUTHENTICATION' ? 'AUTHENTICATION' : undefined;
}
