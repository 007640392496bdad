import type { Place } from '@bellows/core';
import type { ManifestWarning } from '../problem/manifest-warning.ts';
import type { ReadObject } from './read-object.ts';

/**
 * The warnings of all objects. What is not acted on is named once for all places: once a field of a kind,
 * once a kind.
 */
export function collectWarnings(read: readonly ReadObject[]): readonly ManifestWarning[] {
  const groups = new Map<string, ManifestWarning & { readonly places: Place[] }>();
  const add = (warning: Omit<ManifestWarning, 'places'>, place: Place): void => {
    const key = `${warning.type} ${warning.message}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...warning, places: [place] });
    else group.places.push(place);
  };
  for (const { object, source, offset, ignored, ignoredFields, warnings } of read) {
    for (const { places, ...warning } of warnings) {
      for (const place of places) add(warning, place);
    }
    if (ignored !== undefined) {
      add(
        { type: 'ignored-kind', message: `${ignored.apiVersion} ${ignored.kind} is not acted on.` },
        source.place(offset),
      );
    }
    for (const { path, why, offset: at } of ignoredFields) {
      const field = path.toString().replaceAll(/\[\d+\]/g, '[]');
      const message = `${object?.kind ?? ''} ${field} is not acted on. ${why}`;
      add({ type: 'ignored-field', message }, source.place(at, path.toString()));
    }
  }
  return [...groups.values()];
}
