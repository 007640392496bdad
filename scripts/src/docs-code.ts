/** A fenced block of a page, with what the page says about running it. */
export interface CodeBlock {
  /** Path of the page, relative to the repository's root. */
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** What stands after the fence, such as `js`; empty for none. */
  readonly language: string;
  readonly code: string;
  /**
   * Code that a reader has by then, from a comment `<!-- before … -->` in front of the block, and from one
   * `<!-- before each … -->` of the page.
   */
  readonly before: string;
  /** Code that asks what the block did, from a comment `<!-- after … -->` behind it. */
  readonly after: string;
  /** Why it is not run, from a comment `<!-- not run: … -->` in front of it; undefined when it is. */
  readonly notRun: string | undefined;
}

const BLOCK =
  /(?<ahead>(?:^<!--(?:(?!-->)[^])*-->\n+)*)^(?<fence>```+)(?<language>[^\n`]*)\n(?<code>[^]*?)^\k<fence>[^\S\n]*$(?<behind>(?:\n+^<!-- after\n(?:(?!-->)[^])*-->)?)/gm;

/** Finds the fenced blocks of a page; indented ones, as in lists, are not code to be run. */
export function readCodeBlocks(page: string, markdown: string): CodeBlock[] {
  const beforeEach = commentOf(markdown, 'before each');
  return [...markdown.matchAll(BLOCK)].map((match) => {
    const { ahead = '', language = '', code = '', behind = '' } = match.groups ?? {};
    const upToFence = markdown.slice(0, match.index + ahead.length);
    return {
      page,
      line: upToFence.split('\n').length,
      language: language.trim().split(/\s/)[0] ?? '',
      code,
      before: beforeEach + commentOf(ahead, 'before'),
      after: commentOf(behind, 'after'),
      notRun: /<!-- not run: ((?:(?!-->)[^])*?)\s*-->/.exec(ahead)?.[1],
    };
  });
}

function commentOf(text: string, kind: string): string {
  return new RegExp(`<!-- ${kind}\\n((?:(?!-->)[^])*?)-->`).exec(text)?.[1] ?? '';
}

/** Languages whose blocks are programs. */
export const PROGRAM_LANGUAGES: readonly string[] = ['js', 'mjs', 'cjs', 'javascript', 'ts'];

/** The file's ending that Node or the compiler takes the block by. */
export function extensionOf({ language, code }: CodeBlock): 'mjs' | 'cjs' | 'mts' {
  if (language === 'ts') return 'mts';
  const isCommon = language === 'cjs' || (/\brequire\(/.test(code) && !/^import /m.test(code));
  return isCommon ? 'cjs' : 'mjs';
}

/** Time that listeners and timers of a block have once its last line has run. */
const SETTLE_MS = 150;

/** The whole program of a block: it ends by itself, with an exit code other than 0 when something was thrown. */
export function programOf({ before, code, after }: CodeBlock): string {
  return `${before}\n${code}\n${after}\nsetTimeout(() => process.exit(), ${SETTLE_MS});\n`;
}
