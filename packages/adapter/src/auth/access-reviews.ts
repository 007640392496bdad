import { createHash } from 'node:crypto';
import type { KubernetesClient } from '@bellows/kubernetes';
import { refusals } from '../api/refusals.ts';
import type { Log } from '../self/log.ts';
import { Refusal } from '../server/refusal.ts';
import type { Authorizer, RequestAttributes, Verdict } from './authorizer.ts';
import { ReviewCache } from './review-cache.ts';
import type { User } from './user.ts';

const PATH = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const DEFAULT_TTL_MS = 10_000;

interface SubjectAccessReview {
  readonly status?: { readonly allowed?: boolean; readonly reason?: string };
}

/** Options of {@link createDelegatedAuthorization}. */
export interface DelegatedAuthorizationOptions {
  /** Asks the API server; it needs the right to create SubjectAccessReviews. */
  readonly client: KubernetesClient;
  /** Told when the API server cannot be asked. */
  readonly log: Log;
  /** How long a yes holds, in milliseconds; `--authorization-webhook-cache-authorized-ttl`. @defaultValue 10000 */
  readonly authorizedTtlMs?: number;
  /** How long a no holds, in milliseconds; `--authorization-webhook-cache-unauthorized-ttl`. @defaultValue 10000 */
  readonly unauthorizedTtlMs?: number;
}

/** Lets the API server decide who may do what, by its own rules (RBAC). Whoever it cannot be asked about is refused. */
export function createDelegatedAuthorization(options: DelegatedAuthorizationOptions): Authorizer {
  const { client, log, authorizedTtlMs = DEFAULT_TTL_MS } = options;
  const { unauthorizedTtlMs = DEFAULT_TTL_MS } = options;
  const cache = new ReviewCache<Verdict>();
  return {
    authorize: async (user, attributes) => {
      const spec = specOf(user, attributes);
      // Paths and facts of users may be long: what is kept is not.
      const key = createHash('sha256').update(JSON.stringify(spec)).digest('base64');
      try {
        return await cache.read(
          key,
          (signal) => ask(client, spec, signal),
          ({ allowed }) => (allowed ? authorizedTtlMs : unauthorizedTtlMs),
        );
      } catch (error) {
        if (error instanceof Refusal) throw error;
        log('warn', 'cannot have access reviewed by the API server', { error });
        throw new Refusal(refusals.internal('unable to check access now'));
      }
    },
  };
}

async function ask(client: KubernetesClient, spec: object, signal: AbortSignal): Promise<Verdict> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  const { status } = await client.write<SubjectAccessReview>('POST', PATH, { body, signal });
  return { allowed: status?.allowed === true, reason: status?.reason ?? '' };
}

function specOf(user: User, attributes: RequestAttributes): object {
  const { name, uid, groups, extra } = user;
  const { verb, path, resource, subresource, apiGroup, version } = attributes;
  const who = { user: name, ...(uid !== undefined && { uid }), groups, extra };
  if (resource === '') return { ...who, nonResourceAttributes: { path, verb } };
  const { namespace, name: object } = attributes;
  const what = { verb, group: apiGroup, version, resource, subresource, namespace, name: object };
  return { ...who, resourceAttributes: what };
}
