import { writeFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { nameNextRoutes } from '../../src/frameworks/next.ts';
import { RouteNotes } from '../fixtures/named-routes.ts';

// As `next build` writes it; the example in examples/next runs a real build.
const MANIFEST = {
  version: 3,
  staticRoutes: [
    { page: '/', regex: '^/(?:/)?$' },
    { page: '/about', regex: '^/about(?:/)?$' },
  ],
  dynamicRoutes: [{ page: '/items/[id]', regex: '^/items/([^/]+?)(?:/)?$' }],
};

async function namesOf(manifest: object, urls: readonly string[]): Promise<string[]> {
  await using folder = await temporaryDirectory();
  writeFileSync(join(folder.path, 'routes-manifest.json'), JSON.stringify(manifest));
  const notes = new RouteNotes();
  const nameRoute = nameNextRoutes(notes, folder.path);
  return urls.map((url) => {
    const request = Object.assign(new IncomingMessage(new Socket()), { url });
    nameRoute(request);
    return notes.of(request);
  });
}

test('a path is named by the page that Next has for it', async () => {
  expect(await namesOf(MANIFEST, ['/', '/about?x', '/items/17', '/no/such/page'])).toEqual([
    '/',
    '/about',
    '/items/[id]',
    'unknown',
  ]);
});

test("Next's own files have one name", async () => {
  expect(await namesOf(MANIFEST, ['/_next/static/chunks/17.js'])).toEqual(['/_next/*']);
});

test('a base path is part of the name, and what is beside it has none', async () => {
  const urls = ['/shop', '/shop/items/17', '/shopping', '/items/17'];
  const names = await namesOf({ ...MANIFEST, basePath: '/shop' }, urls);
  expect(names).toEqual(['/shop/', '/shop/items/[id]', 'unknown', 'unknown']);
});
