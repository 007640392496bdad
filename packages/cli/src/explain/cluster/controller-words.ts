import { apiStatusOf } from '@bellows/kubernetes';

/**
 * What the controller would say of a failed request, in client-go's words. What only this user or this machine cannot do is no
 * failure of the controller's: it is thrown again.
 */
export function controllerWords(error: unknown, request: string): string {
  const status = apiStatusOf(error);
  if (status === undefined || status.code === 401 || status.code === 403) throw error;
  if (status.reason !== '') return status.message;
  const fact =
    status.code === 404
      ? 'the server could not find the requested resource'
      : status.code === 503
        ? 'the server is currently unable to handle the request'
        : `an error on the server (${JSON.stringify(status.message)}) has prevented the request from succeeding`;
  return `${fact} (${request})`;
}
