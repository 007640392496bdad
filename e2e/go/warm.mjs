// Compiles the tests' Go programs into Go's cache, so that the build a test waits for is a matter of seconds: `node e2e/go/warm.mjs`.
// Plain JavaScript without dependencies, since CI starts it before anything is installed.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { devNull, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findGo } from '../kube/build.mjs';

const PRIORITY = 10;
const go = findGo();
if (go === undefined) process.exit();
setPriority(PRIORITY);
for (const entry of readdirSync(new URL('.', import.meta.url), { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  // As src/go/build-go-program.ts does: other flags would fill another part of the cache.
  const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', devNull, '.'];
  const cwd = fileURLToPath(new URL(entry.name, import.meta.url));
  spawnSync(go, args, { cwd, env: { ...process.env, CGO_ENABLED: '0' }, stdio: 'inherit' });
}
