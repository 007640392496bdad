import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { REASONS, type ReasonCode } from '../../../hpa/src/words/reasons.ts';
import { explain } from '../../src/explain/explain.ts';
import { REASON_EXAMPLES } from '../fixtures/reason-examples.ts';
import { writeRun } from '../fixtures/recorded-run.ts';

const PAGE = new URL('../../../../docs/reference/reasons.md', import.meta.url);
const INTRODUCTION = `# Reasons

Why the HPA decided as it did: every code that a decision record or \`bellows explain\` names, the sentence that it stands
for, and what makes it different. Words in braces are values. Each example is what \`bellows explain\` printed of an HPA with
a target of 10 requests a second and pod (\`rps\`), one to ten replicas and \`behavior: {}\`, unless it says otherwise.

<!-- Made from packages/hpa/src/words/reasons.ts and packages/cli/test/fixtures/reason-examples.ts:
     \`npx vitest run packages/cli/test/end-to-end/reasons-page.test.ts -u\`. -->
`;

const codes = Object.keys(REASONS) as ReasonCode[];

/** What `bellows explain --why-not` prints of a reason's example. */
async function answer(code: ReasonCode, json: boolean): Promise<string> {
  await using folder = await temporaryDirectory();
  const { decisions, whyNot } = REASON_EXAMPLES[code];
  const run = await writeRun(folder.path, decisions);
  const nothing = { autoscaler: undefined, at: undefined, diff: undefined, settings: [] };
  return await explain(
    {
      ...nothing,
      run,
      whyNot,
      json,
      cluster: { kubeconfig: undefined, context: undefined, namespace: undefined, flags: {} },
    },
    folder.path,
  );
}

async function section(code: ReasonCode): Promise<string> {
  const { text, meaning, remedy } = REASONS[code];
  const { given, whyNot } = REASON_EXAMPLES[code];
  const shell = `$ bellows explain --why-not ${whyNot}\n${await answer(code, false)}`;
  const about = `> ${text}\n\n${meaning}\n\nWhat to do: ${remedy}\n\nFor example: ${given}`;
  return `## ${code}\n\n${about}\n\n\`\`\`console\n${shell.trimEnd()}\n\`\`\`\n`;
}

describe('docs/reference/reasons.md', () => {
  test('says of every code what the table says and what was printed, and names no other', async () => {
    const sections: string[] = [];
    for (const code of codes) sections.push(await section(code));
    await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot(PAGE.pathname);
  });

  test.each(codes)('the example of %s has it', async (code) => {
    const { whyNot, record } = JSON.parse(await answer(code, true)) as {
      readonly whyNot: { readonly code?: string };
      readonly record: {
        readonly reason: string;
        readonly steps: readonly { readonly code: string }[];
        readonly next?: { readonly code: string };
      };
    };
    const told = [whyNot.code, record.reason, record.next?.code];
    expect([...told, ...record.steps.map((step) => step.code)]).toContain(code);
  });
});
