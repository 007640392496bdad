import { expect, test } from 'vitest';
import { apiError } from '../../src/http/api-error.ts';
import { listAllPages, type PageQuery } from '../../src/http/list-all-pages.ts';

const page = (names: readonly string[] | null, next?: string) => ({
  ...{ apiVersion: 'v1', kind: 'PodList' },
  metadata: { resourceVersion: '7', ...(next !== undefined && { continue: next }) },
  items: names?.map((name) => ({ metadata: { name } })) as { metadata: { name: string } }[],
});

test('puts the pages together and says of each item what it is', async () => {
  const queries: PageQuery[] = [];
  const list = await listAllPages((query) => {
    queries.push(query);
    return Promise.resolve(query.continue === undefined ? page(['a'], 'next') : page(['b']));
  });
  expect(queries).toEqual([{ limit: 500 }, { limit: 500, continue: 'next' }]);
  expect(list).toEqual({
    ...{ apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '7' } },
    items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })),
  });
});

test('reads the whole list at once when the token of the next page has expired', async () => {
  const expired = apiError('GET', { kind: 'Status', code: 410, reason: 'Expired', message: '' });
  const list = await listAllPages((query) => {
    if (query.continue !== undefined) return Promise.reject(expired);
    return Promise.resolve(query.limit === undefined ? page(['a', 'b']) : page(['a'], 'next'));
  });
  expect(list.items).toHaveLength(2);
});

test('an empty list written as null is empty', async () => {
  expect((await listAllPages(() => Promise.resolve(page(null)))).items).toEqual([]);
});
