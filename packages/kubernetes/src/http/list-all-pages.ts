import type { KubernetesList, KubernetesObject } from '../kubernetes-object.ts';
import { apiStatusOf } from './api-status.ts';

/** Query parameters of one page of a list. */
export interface PageQuery {
  /** Most objects in the page; the whole list when absent. */
  readonly limit?: number;
  /** Where the page begins; the beginning when absent. */
  readonly continue?: string;
}

interface Page<T> extends KubernetesList<T> {
  readonly metadata: { readonly resourceVersion?: string; readonly continue?: string };
}

/** As client-go's pager (tools/pager, v0.37.2): `defaultPageSize`. */
const PAGE_SIZE = 500;

/**
 * Reads a list page by page, as client-go does: when the token of a next page has expired (410), the whole list is read
 * at once instead. All pages show one resource version.
 *
 * The items of a list carry no `apiVersion` and `kind` on the wire; they are filled in from the list's own.
 *
 * @param keep - Makes of each object what is kept of it, before the next page is read.
 */
export async function listAllPages<T extends KubernetesObject>(
  readPage: (query: PageQuery) => Promise<Page<T>>,
  keep: (object: T) => T = (object) => object,
): Promise<KubernetesList<T>> {
  const items: T[] = [];
  let query: PageQuery = { limit: PAGE_SIZE };
  for (;;) {
    let page: Page<T>;
    try {
      page = await readPage(query);
    } catch (error) {
      if (apiStatusOf(error)?.code !== 410 || query.continue === undefined) throw error;
      const whole = await readPage({});
      return withTypes({ ...whole, items: itemsOf(whole).map(keep) });
    }
    for (const item of itemsOf(page)) items.push(keep(item));
    if (!page.metadata.continue) return withTypes({ ...page, items });
    query = { limit: PAGE_SIZE, continue: page.metadata.continue };
  }
}

/** Go writes an empty list as null unless told otherwise. */
function itemsOf<T>(page: { readonly items: readonly T[] | null }): readonly T[] {
  return page.items ?? [];
}

function withTypes<T extends KubernetesObject>(page: Page<T>): KubernetesList<T> {
  const { apiVersion, kind } = page;
  const { resourceVersion } = page.metadata;
  return {
    apiVersion,
    kind,
    metadata: resourceVersion === undefined ? {} : { resourceVersion },
    items: itemsOf(page).map((item) => ({ apiVersion, kind: kind.replace(/List$/, ''), ...item })),
  };
}
