import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const PACKAGES = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Writes the sources as plain JavaScript under `folder`, so that a real process can import them: Node 20
 * reads no TypeScript, and a build may be out of date.
 *
 * @returns URL to import the kubelet from.
 */
export async function transpiledKubelet(folder: string): Promise<string> {
  const modules = join(folder, 'node_modules', '@bellows');
  for (const name of ['core', 'kubelet']) {
    await transpile(join(PACKAGES, name, 'src'), join(modules, name, 'dist'));
    await cp(join(PACKAGES, name, 'package.json'), join(modules, name, 'package.json'));
  }
  await cp(join(PACKAGES, 'kubelet', 'runtime'), join(modules, 'kubelet', 'runtime'), {
    recursive: true,
  });
  return pathToFileURL(join(modules, 'kubelet', 'dist', 'index.js')).href;
}

async function transpile(from: string, to: string): Promise<void> {
  const files = await readdir(from, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const target = join(to, file.replace(/\.ts$/, '.js'));
    const { outputText } = ts.transpileModule(await readFile(join(from, file), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}
