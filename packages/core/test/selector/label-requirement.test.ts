import { describe, expect, test } from 'vitest';
import {
  createLabelRequirement,
  formatRequirement,
  requirementMatches,
} from '../../src/selector/label-requirement.ts';

describe('createLabelRequirement', () => {
  test("refuses with the API server's words", () => {
    expect(() => createLabelRequirement('app', 'in', [])).toThrow(
      "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
    );
    expect(() => createLabelRequirement('app', 'exists', ['x'])).toThrow(
      'values: Invalid value: ["x"]: values set must be empty for exists and does not exist',
    );
    expect(() => createLabelRequirement('n', 'gt', ['x'])).toThrow(/the value must be an integer/);
  });

  test('names all that is wrong, in brackets', () => {
    expect(() => createLabelRequirement('-', '=', ['a', 'b'])).toThrow(/^\[key: .*, values: .*\]$/);
  });
});

describe('requirementMatches', () => {
  test.each([
    ['notin', ['a'], {}, true],
    ['!=', ['a'], {}, true],
    ['in', ['a'], {}, false],
    ['exists', [], { key: '' }, true],
    ['!', [], { key: '' }, false],
    ['gt', ['5'], { key: '6' }, true],
    ['gt', ['5'], { key: 'six' }, false],
    ['lt', ['5'], {}, false],
  ] as const)('%s %j on %j is %s', (operator, values, labels, matches) => {
    const requirement = createLabelRequirement('key', operator, values);
    expect(requirementMatches(requirement, labels)).toBe(matches);
  });

  test('takes nothing that an object inherits for a label', () => {
    const requirement = createLabelRequirement('constructor', 'exists', []);
    expect(requirementMatches(requirement, {})).toBe(false);
  });
});

describe('formatRequirement', () => {
  test('writes sorted values', () => {
    expect(formatRequirement(createLabelRequirement('a', 'in', ['y', 'x']))).toBe('a in (x,y)');
  });
});
