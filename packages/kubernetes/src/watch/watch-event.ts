import type { ApiStatus } from '../http/api-status.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';

/** `metav1.WatchEvent`: one line of a watch. */
export type WatchEvent<T extends KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: ApiStatus };
