import { describe, expect, test } from 'vitest';
import { FieldPath } from '../../src/problem/field-path.ts';

describe('FieldPath', () => {
  test.each([
    'spec',
    'spec.containers[0].ports[12].name',
    'spec.containers[0].resources.limits[cpu]',
    'metadata.annotations[bellows.dev/metrics]',
  ])('reads and writes %s', (text) => {
    expect(FieldPath.parse(text).toString()).toBe(text);
  });

  test('is empty for the object itself', () => {
    expect(FieldPath.root.toString()).toBe('');
    expect(FieldPath.root.parent.steps).toEqual([]);
  });

  test('overlaps what it leads through, not its neighbours', () => {
    const path = FieldPath.parse('spec.ports[1]');
    expect(path.overlaps(FieldPath.parse('spec'))).toBe(true);
    expect(path.overlaps(FieldPath.parse('spec.ports[1].name'))).toBe(true);
    expect(path.overlaps(FieldPath.parse('spec.ports[2]'))).toBe(false);
  });
});
