import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the files of images are: nothing is pulled or unpacked. */
export interface ImageFolders {
  /** An image `registry/…/NAME:TAG` has the files of the folder NAME in here, where there is one. */
  readonly images: string;
  /** The folder of all other images; relative paths in annotations start here. */
  readonly fallback: string;
}

/**
 * The folder that a pod's processes start in, which stands for its image's `WORKDIR`.
 *
 * @param image - Of its first container.
 * @param annotated - `bellows.dev/working-directory`, if the pod has it.
 */
export function imageFolder(
  image: string | undefined,
  annotated: string | undefined,
  { images, fallback }: ImageFolders,
): string {
  if (annotated !== undefined) return resolve(fallback, annotated);
  const name = /([\w.-]+)(?::[\w.-]+)?(?:@[\w:]+)?$/.exec(image ?? '')?.[1];
  if (name === undefined || name.startsWith('.')) return fallback;
  const folder = join(images, name);
  return existsSync(folder) ? folder : fallback;
}
