import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { podCommand, type PodTemplate } from '../../src/index.ts';
import { parseCommand } from '../../src/annotations/parse-command.ts';
import { formatProblem } from '../../src/problem/problem.ts';

describe('parseCommand', () => {
  test.each([
    ['node server.js', ['node', 'server.js']],
    ['  node   --title="my shop" server.js ', ['node', '--title=my shop', 'server.js']],
    ['node -e \'console.log("a b")\'', ['node', '-e', 'console.log("a b")']],
    ['a\\ b "c\\"d" \'e\\f\'', ['a b', 'c"d', 'e\\f']],
    ['node "" x', ['node', '', 'x']],
    ['echo "|" \\&', ['echo', '|', '&']],
    ['node $(SCRIPT)', ['node', '$(SCRIPT)']],
    ['["node", "server.js"]', ['node', 'server.js']],
    ['- node\n- server.js\n', ['node', 'server.js']],
  ])('reads %j', (text, words) => {
    expect(parseCommand(text)).toEqual({ words, problems: [] });
  });

  test.each([
    ['', 'Expected a command, got none. Write one, as node server.js.'],
    ['[]', 'Expected a command, got none. Write one, as node server.js.'],
    ['node "server.js', 'Unclosed ". Close the quotes.'],
    ["node 'server.js", "Unclosed '. Close the quotes."],
    ['node server.js\\', 'A backslash ends the command. Close the quotes.'],
    [
      'npm run build && node server.js',
      '"&&" is a shell\'s operator, and no shell is run. Quote it, or run a shell: ["sh", "-c", "…"].',
    ],
    [
      'node server.js >log',
      '">log" is a shell\'s operator, and no shell is run. Quote it, or run a shell: ["sh", "-c", "…"].',
    ],
    ['[node, 1]', '1:8 [1]: Expected a string, got the number 1. Quote it: "1".'],
  ])('explains %j', (text, problem) => {
    expect(parseCommand(text).problems.map(formatProblem)).toEqual([problem]);
  });

  test('reads any words back that were quoted for a shell', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (words) => {
        fc.pre(words[0] !== '');
        const text = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(parseCommand(text)).toEqual({ words, problems: [] });
      }),
    );
  });
});

describe('podCommand', () => {
  const template = (annotations: Record<string, string>): PodTemplate => ({
    metadata: { labels: {}, annotations },
    spec: { containers: [], terminationGracePeriodSeconds: 30, restartPolicy: 'Always' },
  });

  test('is undefined without the annotation', () => {
    expect(podCommand(template({}))).toBeUndefined();
  });

  test('gives the words', () => {
    expect(podCommand(template({ 'bellows.dev/command': 'node a.js' }))).toEqual(['node', 'a.js']);
  });

  test('throws for a template that was never validated', () => {
    expect(() => podCommand(template({ 'bellows.dev/command': '' }))).toThrow(
      'Annotation bellows.dev/command: Expected a command, got none.',
    );
  });
});
