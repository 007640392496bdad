import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { imageFolder } from '../../src/node/image-folder.ts';

test('an image has the folder of its name, an annotation names another one, and all others share one', async () => {
  await using folder = await temporaryDirectory();
  const images = join(folder.path, 'images');
  mkdirSync(join(images, 'shop'), { recursive: true });
  const folders = { images, fallback: folder.path };
  const shop = join(images, 'shop');
  const digest = `shop@sha256:${'0'.repeat(64)}`;
  for (const image of ['shop', 'shop:1', 'registry.example.com:5000/team/shop:1.0.0', digest]) {
    expect(imageFolder(image, undefined, folders)).toBe(shop);
  }
  for (const image of ['other:1', '..', 'a/..', '', undefined]) {
    expect(imageFolder(image, undefined, folders)).toBe(folder.path);
  }
  expect(imageFolder('shop:1', 'elsewhere', folders)).toBe(join(folder.path, 'elsewhere'));
});
