import { expect, test } from 'vitest';
import { labelSelectorText } from '../src/label-selector-text.ts';

test('prints an absent selector as nil and an empty one as a struct', () => {
  expect(labelSelectorText(undefined)).toBe('nil');
  expect(labelSelectorText({})).toBe(
    '&LabelSelector{MatchLabels:map[string]string{},MatchExpressions:[]LabelSelectorRequirement{},}',
  );
});

test('sorts labels by key and prints requirements as Go does', () => {
  const selector = {
    matchLabels: { queue: 'orders', app: 'shop' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'old', operator: 'DoesNotExist' },
    ],
  } as const;
  expect(labelSelectorText(selector)).toBe(
    '&LabelSelector{MatchLabels:map[string]string{app: shop,queue: orders,},' +
      'MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:tier,Operator:In,Values:[a b],},' +
      'LabelSelectorRequirement{Key:old,Operator:DoesNotExist,Values:[],},},}',
  );
});
