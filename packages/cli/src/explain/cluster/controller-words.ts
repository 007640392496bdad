import { clientWords } from '@bellows/hpa';
import { apiStatusOf } from '@bellows/kubernetes';

/**
 * What the controller would say of a failed request, in client-go's words. What only this user or this machine cannot do is no
 * failure of the controller's: it is thrown again.
 */
export function controllerWords(error: unknown, request: string): string {
  const status = apiStatusOf(error);
  if (status === undefined || status.code === 401 || status.code === 403) throw error;
  return clientWords(status, request);
}
