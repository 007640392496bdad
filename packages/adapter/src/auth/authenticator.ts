import type { X509Certificate } from 'node:crypto';
import type { HealthCheck } from '@bellows/core';
import type { User } from './user.ts';

/** What a request shows of who sent it. */
export interface Credentials {
  /** What the client showed on its connection, not yet verified; undefined: nothing. Its `issuerCertificate` is what came with it. */
  readonly certificate: X509Certificate | undefined;
  /** Names and values by turns, each as it came: joined headers cannot be told from one with a comma in it. */
  readonly rawHeaders: readonly string[];
}

/** Finds out who sent a request. */
export interface Authenticator {
  /**
   * Who it is; undefined: not known, which is refused.
   *
   * @throws Refusal when it cannot be found out now, which is refused, too.
   */
  authenticate(credentials: Credentials): Promise<User | undefined>;
  /** What it needs for its work, for readiness. */
  readonly checks: readonly HealthCheck[];
}
