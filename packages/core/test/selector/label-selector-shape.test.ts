import { describe, expect, test } from 'vitest';
import { validateLabelSelectorShape } from '../../src/selector/label-selector-shape.ts';

describe('validateLabelSelectorShape', () => {
  test('accepts absent and empty parts', () => {
    expect(() => {
      validateLabelSelectorShape({});
      validateLabelSelectorShape({ matchLabels: {}, matchExpressions: [] });
    }).not.toThrow();
  });

  test.each([
    [null, 'a label selector to be a map, got null'],
    [[], 'a label selector to be a map, got a list'],
    [{ matchLabels: { app: 5 } }, 'matchLabels to be a map of texts'],
    [{ matchLabels: 'app' }, 'matchLabels to be a map of texts, got string'],
    [{ matchExpressions: {} }, 'matchExpressions to be a list'],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: [1] }] }, 'each of matchExpressions'],
    [{ matchExpressions: [null] }, 'each of matchExpressions'],
  ])('refuses %j', (value, message) => {
    expect(() => {
      validateLabelSelectorShape(value);
    }).toThrow(
      expect.objectContaining({
        code: 'ERR_CORE_SELECTOR',
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});
