import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { expectNoLeaks, watchedResources } from '../src/index.ts';

test('names a listener that is left open, and is content when it is closed', async () => {
  const before = watchedResources();
  const server = createServer().listen(0);
  await once(server, 'listening');
  await expect(expectNoLeaks(before)).rejects.toThrow('1 × TCPServerWrap');
  server.close();
  await expectNoLeaks(before);
});
