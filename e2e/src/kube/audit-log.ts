import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HPA controller, to the API server. */
export const HPA_USER = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler';

/** A request that the API server has answered; times are in milliseconds since the epoch. */
export interface AuditEvent {
  /** Who asked. */
  readonly user: string;
  /** Such as `get` or `update`. */
  readonly verb: string;
  /** Path and query, as they came. */
  readonly uri: string;
  /** When it came. */
  readonly receivedAtMs: number;
  /** When it was answered. */
  readonly answeredAtMs: number;
  /** Status of the answer. */
  readonly code: number;
  /** `spec.replicas` of a scale that was written; undefined for all else. */
  readonly replicas?: number;
}

/** What an API server writes down of custom metrics that were asked for and scales that were written, and nothing else. */
export interface AuditLog {
  /** For `extraFlags.apiserver`. */
  readonly flags: readonly string[];
  /** All events so far, in the order of their answers. */
  events(): AuditEvent[];
}

const POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'Request',
      verbs: ['update', 'patch'],
      resources: [{ group: 'apps', resources: ['deployments/scale'] }],
    },
    { level: 'Metadata', resources: [{ group: 'custom.metrics.k8s.io' }] },
    { level: 'None' },
  ],
};

/**
 * Makes an audit log below a folder: the controller's own clock for when it syncs and what it writes, to the microsecond.
 *
 * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
 */
export function createAuditLog(folder: string): AuditLog {
  const policy = join(folder, 'audit-policy.json');
  const file = join(folder, 'audit.log');
  writeFileSync(policy, JSON.stringify(POLICY));
  return {
    flags: [`--audit-policy-file=${policy}`, `--audit-log-path=${file}`],
    events: () => (existsSync(file) ? readEvents(readFileSync(file, 'utf8')) : []),
  };
}

interface RawEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: { readonly spec?: { readonly replicas?: number } };
}

function readEvents(text: string): AuditEvent[] {
  // A line that is being written has no end yet.
  const lines = text.split('\n').slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as RawEvent)
    .filter(({ stage }) => stage === 'ResponseComplete')
    .map(readEvent);
}

function readEvent(raw: RawEvent): AuditEvent {
  const replicas = raw.requestObject?.spec?.replicas;
  return {
    ...{ user: raw.user.username, verb: raw.verb, uri: raw.requestURI },
    receivedAtMs: Date.parse(raw.requestReceivedTimestamp),
    answeredAtMs: Date.parse(raw.stageTimestamp),
    code: raw.responseStatus?.code ?? 0,
    ...(replicas !== undefined && { replicas }),
  };
}
