import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/template/parse-template.ts';

test('reads text and actions in order', () => {
  const list = parseTemplate('q', 'a <<.X>> b').get('q');
  expect(list).toMatchObject([
    { kind: 'text', text: 'a ' },
    { kind: 'action', pipe: { variables: [], commands: [[{ kind: 'field', path: ['X'] }]] } },
    { kind: 'text', text: ' b' },
  ]);
});

test('reads branches with their else, and else if as a branch within', () => {
  const [branch] = parseTemplate('q', '<<if .X>>1<<else if .Y>>2<<else>>3<<end>>').get('q') ?? [];
  expect(branch).toMatchObject({
    kind: 'if',
    list: [{ text: '1' }],
    elseList: [{ kind: 'if', list: [{ text: '2' }], elseList: [{ text: '3' }] }],
  });
});

test('reads definitions beside the template', () => {
  const lists = parseTemplate('q', '<<define "d">>x<<end>><<template "d" .>>');
  expect([...lists.keys()].sort()).toEqual(['d', 'q']);
  expect(lists.get('d')).toMatchObject([{ kind: 'text', text: 'x' }]);
});

test.each([
  ['<<', 'no end of an action'],
  ['<<end>>', 'an end of nothing'],
  ['<<if .X>>', 'no end of a branch'],
  ['<<else>>', 'an else of nothing'],
  ['<<break>>', 'a break outside of a range'],
  ['<<nothing .X>>', 'a function that does not exist'],
  ['<<$x>>', 'a variable that does not exist'],
  ['<<.X | 5>>', 'a number as a function'],
  ['<<(.X>>', 'no end of a parenthesis'],
  ['<<"x>>', 'no end of a text'],
  ['<<>>', 'nothing'],
])('refuses %s: %s', (source) => {
  expect(() => parseTemplate('q', source)).toThrow(
    expect.objectContaining({ code: 'ERR_ADAPTER_TEMPLATE' }) as Error,
  );
});

const part = fc.constantFrom(
  ...['<<', '>>', '<<-', '->>', ' ', '.', 'X', '$x', ':=', '|', '(', ')', '"', '`', '5', ','],
  ...['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'eq', '/*'],
);

test('reads or refuses whatever comes', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      try {
        parseTemplate('q', parts.join(''));
      } catch (error) {
        expect(BellowsError.is(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
