/** What codes mean, for who reads a condition of an autoscaler. @see PostgreSQL 17 documentation, appendix A */
const WORDS: Readonly<Record<string, string>> = {
  '28000': 'the user may not connect',
  '28P01': 'the password is wrong',
  '3D000': 'the database does not exist',
  '42501': 'the user may not read this',
  '42601': 'the query has a syntax error',
  '42703': 'the query names a column that does not exist',
  '42883': 'the query names a function that does not exist',
  '42P01': 'the query names a table that does not exist',
  '53300': 'the server has too many connections',
  '57014': 'the query took too long',
  '57P01': 'the server is shutting down',
  '57P03': 'the server is starting',
  '25006': 'the query writes, and only reading is allowed',
};

/** What is wrong, in words that hold no address, query or secret. */
export function postgresqlProblem(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return 'the connection failed';
  const words = WORDS[code];
  if (words !== undefined) return `${words} (${code})`;
  return code.startsWith('E') ? `it cannot be reached (${code})` : `the query failed (${code})`;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : undefined;
}
