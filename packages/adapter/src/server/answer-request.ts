import { refusals } from '../api/refusals.ts';
import { parseApiPath } from '../api/request-path.ts';
import type { Authenticator, Credentials } from '../auth/authenticator.ts';
import type { Authorizer, RequestAttributes } from '../auth/authorizer.ts';
import { requestAttributes } from '../auth/request-attributes.ts';
import type { User } from '../auth/user.ts';
import { answerProbe, type ProbeChecks } from './health-endpoints.ts';
import type { ServerRequest } from './parse-request.ts';
import { Refusal } from './refusal.ts';
import { routeRequest, type RoutedAnswer, type RouteTargets } from './route-request.ts';

/** What stands between a request and its answer. */
export interface RequestGates {
  /** Who asks. */
  readonly authenticator: Authenticator;
  /** Whether he may. */
  readonly authorizer: Authorizer;
  /** Paths that anybody may ask for, besides the probes' ones. */
  readonly alwaysAllowPaths: readonly string[];
  /** What the probes ask about. */
  readonly probes: ProbeChecks;
}

/** What was asked for, as metrics of the server count it. */
export interface AskedFor {
  /** API group; empty for what is no metric. */
  group: string;
  /** Such as `get` or `list`. */
  verb: string;
}

/**
 * Answers a request: the probes at once, all else to those who are known and may ask.
 *
 * @param asked - Is told what was asked for as soon as it is known.
 * @throws Refusal or BellowsError, see `errorStatus`.
 */
export async function answerRequest(
  request: ServerRequest,
  credentials: Credentials,
  { gates, targets, asked }: { gates: RequestGates; targets: RouteTargets; asked: AskedFor },
  signal: AbortSignal,
): Promise<RoutedAnswer> {
  const { method, path, query } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  const probe = isRead ? answerProbe(path, query, gates.probes) : undefined;
  if (probe !== undefined) return { answer: probe, source: '' };
  const api = parseApiPath(path);
  const attributes = requestAttributes(method, path, api);
  asked.group = attributes.apiGroup;
  asked.verb = attributes.verb;
  if (!gates.alwaysAllowPaths.includes(path)) await admit(attributes, credentials, gates);
  signal.throwIfAborted();
  return routeRequest(request, api, targets, signal);
}

async function admit(
  attributes: RequestAttributes,
  credentials: Credentials,
  { authenticator, authorizer }: RequestGates,
): Promise<User> {
  const user = await authenticator.authenticate(credentials);
  if (user === undefined) throw new Refusal(refusals.unauthorized('Unauthorized'));
  // Who has all rights is let in without a question, as by the API server, whose probes and discovery come so.
  if (user.groups.includes('system:masters')) return user;
  const { allowed, reason } = await authorizer.authorize(user, attributes);
  if (allowed) return user;
  throw new Refusal(refusals.notAuthorized({ ...attributes, user: user.name }, reason));
}
