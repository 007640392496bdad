import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatMessage } from 'publint/utils';
import { publint } from 'publint';
import { findBoundaryProblems } from './boundaries.ts';
import { findMirrorProblems } from './test-mirror.ts';
import { packageFolders, readPackages, type WorkspacePackage } from './workspace.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

async function findExportProblems(workspacePackage: WorkspacePackage): Promise<string[]> {
  if (workspacePackage.manifest.private === true) return [];
  const { messages, pkg } = await publint({
    pkgDir: join(root, workspacePackage.folder),
    level: 'warning',
    strict: true,
  });
  return messages.map(
    (message) => `${workspacePackage.folder}/package.json: ${formatMessage(message, pkg) ?? ''}`,
  );
}

const problems: string[] = [];
for (const workspacePackage of readPackages(root, packageFolders(root))) {
  problems.push(...findBoundaryProblems(workspacePackage), ...findMirrorProblems(workspacePackage));
  problems.push(...(await findExportProblems(workspacePackage)));
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
