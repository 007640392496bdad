import type { Problem } from '../problem/problem.ts';

/** Words, and what is wrong with the text. */
export interface SplitWords {
  readonly words: readonly string[];
  readonly problems: readonly Problem[];
}

/** Unquoted, these mean something to a shell, and there is none. */
const SHELL_OPERATORS = /^(?:\|\|?|&&?|;;?|[0-9]*>>?.*|[0-9]*<<?.*)$/;

const SHELL_REMEDY = 'Quote it, or run a shell: ["sh", "-c", "…"].';

/** One word or quoted stretch: characters, an escape, single quotes, double quotes, or space. */
const PIECE = /([^\s'"\\]+)|\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"|(\s+)/y;

/**
 * Splits a command as a POSIX shell would, without running one: space separates, quotes and backslashes
 * protect. Nothing is expanded; `$(NAME)` stays for the container's own expansion.
 */
export function splitWords(text: string): SplitWords {
  const words: string[] = [];
  const problems: Problem[] = [];
  let word: string | undefined;
  let isQuoted = false;
  const end = (): void => {
    if (word !== undefined) words.push(word);
    if (word !== undefined && !isQuoted && SHELL_OPERATORS.test(word)) {
      const message = `${JSON.stringify(word)} is a shell's operator, and no shell is run`;
      problems.push({ place: {}, message, remedy: SHELL_REMEDY });
    }
    [word, isQuoted] = [undefined, false];
  };
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const at = PIECE.lastIndex;
    const match = PIECE.exec(text);
    if (match === null) {
      const found =
        text[at] === '\\' ? 'A backslash ends the command' : `Unclosed ${text[at] ?? ''}`;
      return { words, problems: [{ place: {}, message: found, remedy: 'Close the quotes.' }] };
    }
    const [, bare, escaped, single, double, space] = match;
    if (space !== undefined) {
      end();
      continue;
    }
    isQuoted ||= bare === undefined;
    word = `${word ?? ''}${bare ?? escaped ?? single ?? unescape(double ?? '')}`;
  }
  end();
  return { words, problems };
}

/** In double quotes a backslash protects only what would end or expand them. */
function unescape(text: string): string {
  return text.replaceAll(/\\(["\\$`])/g, '$1').replaceAll('\\\n', '');
}
