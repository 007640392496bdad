import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `ERR_'));
const documented = rows.map((row) => /`(ERR_\w+)`/.exec(row)?.[1] ?? row);

describe('docs/reference/errors.md', () => {
  test('lists each code once, in the order of the code, and no other', () => {
    expect(documented).toEqual([...ERROR_CODES]);
  });

  test('says of each code what it means and what to do', () => {
    const thin = rows.filter(
      (row) => row.split('|').filter((cell) => cell.trim().length > 8).length < 3,
    );
    expect(thin).toEqual([]);
  });
});

describe('ERROR_CODES', () => {
  test('holds no code twice and only codes with an area', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    expect(ERROR_CODES.filter((code) => !/^ERR_[A-Z]+_[A-Z_]+$/.test(code))).toEqual([]);
  });
});
