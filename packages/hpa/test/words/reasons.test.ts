import { expect, test } from 'vitest';
import { REASONS } from '../../src/words/reasons.ts';

// The page that lists them is made and compared in packages/cli/test/end-to-end/reasons-page.test.ts, with examples.
test('codes are anchors, and sentences end where their entries go on', () => {
  for (const [code, { text, meaning, remedy }] of Object.entries(REASONS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(text).not.toMatch(/\.$/);
    expect(meaning).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
  }
});
