import { answerHealth, answerOneCheck, type HealthCheck } from '@bellows/core';
import { textAnswer, type Answer } from './answer.ts';

/** What the probes ask about. */
export interface ProbeChecks {
  /** Of `/livez` and `/healthz`: whether this process works. Never whether something it asks does. */
  readonly live: readonly HealthCheck[];
  /** Of `/readyz`: whether it can answer. */
  readonly ready: readonly HealthCheck[];
}

/** Answers `/livez`, `/readyz/NAME` and their like; undefined for a path that is none. */
export function answerProbe(
  path: string,
  query: URLSearchParams,
  { live, ready }: ProbeChecks,
): Answer | undefined {
  const [first, endpoint = '', name, ...rest] = path.split('/');
  if (first !== '' || rest.length > 0) return undefined;
  if (!['healthz', 'livez', 'readyz'].includes(endpoint)) return undefined;
  const checks = endpoint === 'readyz' ? ready : live;
  if (name === undefined) {
    const { status, body } = answerHealth(endpoint, checks, query);
    return textAnswer(status, body);
  }
  const check = checks.find((one) => one.name === name);
  if (check === undefined) return undefined;
  const { status, body } = answerOneCheck(check);
  return textAnswer(status, body);
}
