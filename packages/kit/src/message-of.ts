/** What was thrown, in one line; anything can be thrown. */
export function messageOf(error: unknown): string {
  try {
    return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
  } catch {
    return 'something without a text';
  }
}
