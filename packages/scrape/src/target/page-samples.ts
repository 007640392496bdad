import { readExposition, type Sample } from '@bellows/exposition';

/**
 * The samples of a page whose series have one of the names asked for, in page order. The whole page is
 * read: one bad line makes all of it worthless.
 *
 * @throws {@link BellowsError} `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`.
 */
export function samplesOfPage(page: Uint8Array, names: ReadonlySet<string>): Sample[] {
  const samples: Sample[] = [];
  for (const event of readExposition(page)) {
    if (event.kind === 'sample' && names.has(event.sample.name)) samples.push(event.sample);
  }
  return samples;
}
