import type { Deployment } from '../kinds/kinds.ts';
import type { Problem } from '../problem/problem.ts';
import { WORKING_DIRECTORY_ANNOTATION } from './annotation-names.ts';

/** Reads the text of `bellows.dev/working-directory`: a path, not empty. */
export function parseWorkingDirectory(text: string): {
  readonly path: string;
  readonly problems: readonly Problem[];
} {
  const path = text.trim();
  if (path !== '' && !path.includes('\0')) return { path, problems: [] };
  const message = 'Expected the path of a folder, got none';
  return {
    path,
    problems: [{ place: {}, message, remedy: "Write one, as '..' or 'services/shop'." }],
  };
}

/**
 * The `bellows.dev/working-directory` of a Deployment: of its pod template, else its own. A relative path
 * starts at the manifest's folder. Undefined without the annotation.
 */
export function podWorkingDirectory({ metadata, spec }: Deployment): string | undefined {
  const text =
    spec.template.metadata.annotations[WORKING_DIRECTORY_ANNOTATION] ??
    metadata.annotations[WORKING_DIRECTORY_ANNOTATION];
  return text?.trim();
}
