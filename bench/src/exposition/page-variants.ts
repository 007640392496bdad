import { createRandom } from '@bellows/core';

/**
 * A target's next page: the values of a share of its lines are others, whole numbers grow and others move a little.
 *
 * @param share - From 0 to 1.
 */
export function nextPage(page: Uint8Array, share: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const lines = Buffer.from(page).toString('utf8').split('\n');
  return Buffer.from(
    lines.map((line) => (random() < share ? withOtherValue(line, random()) : line)).join('\n'),
  );
}

function withOtherValue(line: string, chance: number): string {
  const at = line.lastIndexOf(' ') + 1;
  const value = Number(line.slice(at));
  if (line === '' || line.startsWith('#') || !Number.isFinite(value)) return line;
  const other = Number.isInteger(value)
    ? value + 1 + Math.floor(chance * 9)
    : value * (1 + chance / 100);
  return line.slice(0, at) + String(other);
}
