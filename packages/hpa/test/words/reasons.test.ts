import { describe, expect, test } from 'vitest';
import { REASONS, type ReasonCode } from '../../src/words/reasons.ts';

const PAGE = new URL('../../../../docs/reference/reasons.md', import.meta.url);
const INTRODUCTION = `# Reasons

Why the HPA decided as it did: every code that a decision record or \`bellows explain\` names, the sentence that it stands
for, and what makes it different. Words in braces are values.

<!-- Made from packages/hpa/src/words/reasons.ts: \`npx vitest run packages/hpa/test/words/reasons.test.ts -u\`. -->
`;

/** The page as the table says it should be. */
function reasonsPage(): string {
  const codes = Object.keys(REASONS) as ReasonCode[];
  const sections = codes.map((code) => {
    const { text, meaning, remedy } = REASONS[code];
    return `## ${code}\n\n> ${text}\n\n${meaning}\n\nWhat to do: ${remedy}\n`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

describe('docs/reference/reasons.md', () => {
  test('says of every code what the table says, and names no other', async () => {
    await expect(reasonsPage()).toMatchFileSnapshot(PAGE.pathname);
  });
});

test('codes are anchors, and sentences end where their entries go on', () => {
  for (const [code, { text, meaning, remedy }] of Object.entries(REASONS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(text).not.toMatch(/\.$/);
    expect(meaning).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
  }
});
