import { expect, test } from 'vitest';
import { waitUntil } from '../src/index.ts';

test('returns what the look returned once it is there', async () => {
  let looks = 0;
  const seen = await waitUntil('third look', () => (++looks === 3 ? 'here' : undefined));
  expect(seen).toBe('here');
  expect(looks).toBe(3);
});

test('names what it waited for when the time is up', async () => {
  await expect(waitUntil('godot', () => false, { timeoutMs: 30 })).rejects.toThrow(
    'waited 30 ms in vain for: godot',
  );
});
