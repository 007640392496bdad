import { expect, test } from 'vitest';
import { createKit } from '../../src/create-kit.ts';

test('a queue wants the function that does its work', () => {
  expect(() => createKit().queue({ name: 'jobs' }, undefined as never)).toThrow(
    expect.objectContaining({ code: 'ERR_KIT_OPTION', place: { field: 'work' } }),
  );
});
