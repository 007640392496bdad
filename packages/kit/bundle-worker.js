// Makes one CommonJS text of the admin thread and writes it as a module, for `new Worker(text, { eval: true })`.
// Runs before the compiler, in a clone where nothing is built yet: it reads sources only.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const target = join(folder, 'src/admin/worker-bundle.ts');

const { outputFiles } = await build({
  entryPoints: [join(folder, 'src/admin/worker-main.ts')],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  conditions: ['@bellows/source'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // One character beyond Latin-1 would have V8 keep the whole text with two bytes for each.
  charset: 'ascii',
});
const [bundle] = outputFiles;
const text = `// Made by bundle-worker.js from worker-main.ts.
/** The admin thread's program: CommonJS that needs nothing but Node. */
export const WORKER_SOURCE: string = ${JSON.stringify(bundle.text)};
`;
// Untouched when nothing has changed, so that an incremental build stays one.
if (read(target) !== text) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
