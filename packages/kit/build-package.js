// Makes what is published as @bellows/kit: one package without dependencies, core and exposition inside it, as ES
// modules and, for Jest and for bundles of CommonJS, as CommonJS. `npm publish packages/kit/package` publishes it.
//
// Run after `npm run build`: the types are the compiler's.
//   node packages/kit/build-package.js [FOLDER]
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(folder));
const target = resolve(process.argv[2] ?? join(folder, 'package'));
const TARGET_NODE = 'node20.19';
/** Sources that do something when they are loaded: a bundler must not leave them out. */
const WITH_EFFECT = ['register'];

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const entries = entriesOf(manifest);
const programs = programsOf(manifest);

rmSync(target, { recursive: true, force: true });
await writeModules();
writeTypes('dist/types');
writeTypes('dist/cjs/types');
write('dist/cjs/package.json', json({ type: 'commonjs' }));
write('package.json', json(publishedManifest()));
copyFileSync(join(folder, 'README.md'), join(target, 'README.md'));
copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));

/** Every subpath that has a source: its name in `dist` and where its source is. */
function entriesOf({ exports }) {
  return Object.entries(exports).flatMap(([subpath, conditions]) => {
    const source = conditions['@bellows/source'];
    if (source === undefined) return [];
    return [{ subpath, name: subpath === '.' ? 'index' : subpath.slice(2), source }];
  });
}

/** Every program: its name in `dist` and where its source is. */
function programsOf({ bin = {} }) {
  return Object.values(bin).map((path) => {
    const name = path.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, '');
    return { name, source: `./src/${name}.ts` };
  });
}

/** Modules that entries share are files of their own, so that each is there once, whatever is imported. */
async function writeModules() {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: Object.fromEntries(
      [...entries, ...programs].map(({ name, source }) => [name, source]),
    ),
    bundle: true,
    splitting: true,
    write: false,
    outdir: join(target, 'dist'),
    platform: 'node',
    format: 'esm',
    target: TARGET_NODE,
    conditions: ['@bellows/source'],
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none',
    // See latin1.
    charset: 'ascii',
  });
  for (const { path, text } of outputFiles) {
    const inDist = relative(join(target, 'dist'), path);
    write(join('dist', inDist), latin1(text));
    if (programs.some(({ name }) => inDist === `${name}.js`)) continue;
    const { code } = await transform(text, {
      format: 'cjs',
      target: TARGET_NODE,
      platform: 'node',
      charset: 'ascii',
    });
    write(join('dist/cjs', inDist), latin1(code));
  }
}

/** One character beyond Latin-1 would have V8 keep the whole file with two bytes for each; by now they are in comments only. */
function latin1(text) {
  return text.replace(/[^\u0000-\u00ff]/g, '.');
}

/** The declarations that the entries lead to, those of core and exposition beside them. */
function writeTypes(place) {
  const seen = new Set();
  const visit = (declaration) => {
    if (seen.has(declaration)) return;
    seen.add(declaration);
    const text = readFileSync(declaration, 'utf8')
      .replace(/\n\/\/# sourceMappingURL=.*/, '')
      .replace(/((?:from|import)\s*\(?\s*)(['"])([^'"]+)\2/g, (whole, lead, quote, specifier) => {
        const imported = declarationOf(declaration, specifier);
        if (imported === undefined) return whole;
        visit(imported);
        return `${lead}${quote}${moduleOf(relative(dirname(placed(declaration)), placed(imported)))}${quote}`;
      });
    write(join(place, placed(declaration)), text);
  };
  for (const { source } of entries) visit(typesOf(folder, source));
}

/** `packages/core/dist/a/b.d.ts` is `core/a/b.d.ts` in the package. */
function placed(declaration) {
  const [workspace, , ...rest] = relative(join(root, 'packages'), declaration).split('/');
  return join(workspace, ...rest);
}

function declarationOf(importer, specifier) {
  if (specifier.startsWith('.')) {
    return resolve(dirname(importer), specifier.replace(/\.(ts|js)$/, '.d.ts'));
  }
  if (!specifier.startsWith('@bellows/')) return undefined;
  const workspace = join(root, 'packages', basename(specifier));
  const { exports } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
  return join(workspace, exports['.'].types);
}

function typesOf(workspace, source) {
  return join(workspace, source.replace('./src/', 'dist/').replace(/\.ts$/, '.d.ts'));
}

function moduleOf(path) {
  const module = path.replace(/\.d\.ts$/, '.js');
  return module.startsWith('.') ? module : `./${module}`;
}

/**
 * Node's own `require` gets the ES modules too ('module-sync'), so that a process has one kit, however it is loaded. What knows
 * neither, such as Jest, gets CommonJS.
 */
function publishedManifest() {
  const { name, version, description, license, type, engines, repository, keywords, bin } =
    manifest;
  const exports = Object.fromEntries(
    entries.map((entry) => {
      const typesPath = placed(typesOf(folder, entry.source));
      const module = { types: `./dist/types/${typesPath}`, default: `./dist/${entry.name}.js` };
      const common = {
        types: `./dist/cjs/types/${typesPath}`,
        default: `./dist/cjs/${entry.name}.js`,
      };
      return [entry.subpath, { 'module-sync': module, import: module, require: common }];
    }),
  );
  const sideEffects = WITH_EFFECT.flatMap((entry) => [
    `./dist/${entry}.js`,
    `./dist/cjs/${entry}.js`,
  ]);
  return {
    ...{ name, version, description, license, type, engines, repository, keywords, bin },
    sideEffects,
    exports: { ...exports, './package.json': './package.json' },
    files: ['dist'],
  };
}

function write(path, text) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
