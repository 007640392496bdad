import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifests } from '../src/index.ts';

const SHOP = join(import.meta.dirname, 'fixtures', 'shop');

describe('readManifests', () => {
  test('reads a folder', async () => {
    const { objects } = await readManifests([SHOP]);
    expect(objects).toHaveLength(6);
  });
});
