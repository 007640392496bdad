import { expect, test } from 'vitest';
import { groupByLabels } from '../../src/index.ts';

const get200 = { labels: { method: 'GET', code: '200' } };
const get500 = { labels: { method: 'GET', code: '500' } };
const post200 = { labels: { method: 'POST', code: '200' } };
const bare = { labels: {} };
const empty = { labels: { method: '' } };

test('what agrees in the labels named is one group, in the order it was met', () => {
  expect(groupByLabels([get200, post200, get500], ['method'])).toEqual([
    [get200, get500],
    [post200],
  ]);
});

test('an absent label is as good as an empty one', () => {
  expect(groupByLabels([bare, get200, empty], ['method'])).toEqual([[bare, empty], [get200]]);
});

test('without a label named all is one group, and nothing is none', () => {
  expect(groupByLabels([get200, bare], [])).toEqual([[get200, bare]]);
  expect(groupByLabels([], [])).toEqual([]);
});
