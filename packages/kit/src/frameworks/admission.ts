import type { ServerResponse } from 'node:http';

/**
 * Whether a limit lets a request begin, for frameworks whose middlewares are promises.
 * @param enter - Gives the request to the limit, which calls `begin` when there is room, or answers it.
 * @param response - Closes when the limit has refused the request, or its client has gone.
 */
export function admission(
  enter: (begin: () => void) => void,
  response: ServerResponse,
): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => {
      resolve(false);
    };
    response.once('close', refused);
    enter(() => {
      response.off('close', refused);
      resolve(true);
    });
  });
}
