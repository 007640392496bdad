import type { AccessRequest } from '../api/refusals.ts';
import type { User } from './user.ts';

/** What somebody wants to do. */
export interface RequestAttributes extends Omit<AccessRequest, 'user'> {
  /** Version of the API group; empty for a path that is no resource. */
  readonly version: string;
}

/** Whether somebody may do something. */
export interface Verdict {
  /** Only `true` lets a request in. */
  readonly allowed: boolean;
  /** For people; empty: nothing is known. */
  readonly reason: string;
}

/** Decides who may do what. */
export interface Authorizer {
  /** @throws Refusal when it cannot be decided now, which is refused. */
  authorize(user: User, attributes: RequestAttributes): Promise<Verdict>;
}
