import { defaultHpaSpec } from '@bellows/hpa';
import { expect, test } from 'vitest';
import { agreementOf, agreementText } from '../../src/agreement/agreement.ts';
import { ControllerRecording } from '../../src/agreement/controller-recording.ts';
import type { Exchange } from '../../src/agreement/recording-proxy.ts';

const HPA = {
  metadata: { name: 'shop', namespace: 'shop', uid: '1', generation: 1 },
  spec: defaultHpaSpec({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    maxReplicas: 8,
    metrics: [
      {
        type: 'External',
        external: { metric: { name: 'lag' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
    ],
  }),
};
const USER_AGENT =
  'kube-controller-manager system:serviceaccount:kube-system:horizontal-pod-autoscaler';
const SCALE = '/apis/apps/v1/namespaces/shop/deployments/shop/scale';
const STATUS = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/shop/status';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/lag';
const BEGIN_MS = 1_000_000_000_000;

interface Pass {
  readonly atMs: number;
  readonly replicas: number;
  readonly lag: string;
  readonly written?: number;
  readonly status?: object;
}

/** A recording of passes; another one begins at their end, so that all are known to have ended. */
function record(passes: readonly Pass[]): ControllerRecording {
  const recording = new ControllerRecording();
  const say = (exchange: Partial<Exchange> & Pick<Exchange, 'path' | 'requestedAtMs'>): void => {
    const whole = {
      ...{ method: 'GET', query: new URLSearchParams(), userAgent: USER_AGENT, requestBody: '' },
      ...{ status: 200, body: '{}', answeredAtMs: exchange.requestedAtMs + 1, ...exchange },
    };
    recording.requested(whole);
    recording.answered(whole);
  };
  const hpas = '/apis/autoscaling/v2/horizontalpodautoscalers';
  recording.watched(hpas, JSON.stringify({ type: 'ADDED', object: HPA }), BEGIN_MS);
  for (const { atMs, replicas, lag, written, status } of passes) {
    const scale = { spec: { replicas }, status: { replicas, selector: 'app=shop' } };
    say({ path: SCALE, requestedAtMs: atMs, body: JSON.stringify(scale) });
    const items = [{ value: lag, timestamp: new Date(atMs).toISOString() }];
    say({ path: EXTERNAL, requestedAtMs: atMs + 2, body: JSON.stringify({ items }) });
    if (written !== undefined) {
      const requestBody = JSON.stringify({ spec: { replicas: written } });
      say({ path: SCALE, method: 'PUT', requestedAtMs: atMs + 4, requestBody });
    }
    const requestBody = JSON.stringify({ ...HPA, status });
    if (status) say({ path: STATUS, method: 'PUT', requestedAtMs: atMs + 6, requestBody });
  }
  say({ path: SCALE, requestedAtMs: BEGIN_MS + 3_600_000 });
  return recording;
}

const seconds = (atMs: number): string =>
  new Date(Math.floor(atMs / 1000) * 1000).toISOString().replace('.000', '');

/** What the controller of Kubernetes 1.37 writes when it goes from 2 to 4 by this metric. */
function statusAt(atMs: number): object {
  const condition = (type: string, status: string, reason: string, message: string): object => ({
    ...{ type, status, reason, message, lastTransitionTime: seconds(atMs) },
  });
  return {
    ...{ observedGeneration: 1, lastScaleTime: seconds(atMs), currentReplicas: 2 },
    desiredReplicas: 4,
    currentMetrics: [
      { type: 'External', external: { metric: { name: 'lag' }, current: { averageValue: '20' } } },
    ],
    conditions: [
      condition(
        ...(['AbleToScale', 'True', 'SucceededRescale'] as const),
        'the HPA controller was able to update the target scale to 4',
      ),
      condition(
        ...(['ScalingActive', 'True', 'ValidMetricFound'] as const),
        'the HPA was able to successfully calculate a replica count from external metric lag(nil)',
      ),
      condition(
        ...(['ScalingLimited', 'False', 'DesiredWithinRange'] as const),
        'the desired count is within the acceptable range',
      ),
      condition(
        ...(['ScaledToZero', 'False', 'NotScaledToZero'] as const),
        'the HPA controller did not scale the workload to zero',
      ),
    ],
  };
}

test('a pass that wrote the same is agreed on, one that wrote another count is told with what differs', () => {
  const atMs = BEGIN_MS + 5_000;
  const pass = { atMs, replicas: 2, lag: '40', status: statusAt(atMs) };
  const agreed = agreementOf(record([{ ...pass, written: 4 }]), {});
  expect(agreed.unexplained).toEqual([]);
  expect(agreed).toMatchObject({ decisions: 1, agreed: 1, written: [4], scaleIns: 0 });
  const other = agreementOf(record([{ ...pass, written: 5 }]), {});
  expect(other).toMatchObject({ decisions: 1, agreed: 0, explained: [] });
  expect(other.unexplained).toEqual([
    'shop/shop at 2001-09-09T01:46:45.000Z: scale written: 5, here 4',
  ]);
  expect(agreementText(other)).toContain('0 agreed / 1 decisions');
});

test('a pass that wrote nothing at all is one that changes nothing here', () => {
  const atMs = BEGIN_MS + 5_000;
  const { unexplained } = agreementOf(record([{ atMs, replicas: 2, lag: '40' }]), {});
  expect(unexplained.join()).toMatch(/scale written: null, here 4/);
});

test('the last pass, which may still go on, is not judged', () => {
  expect(agreementOf(record([]), {})).toMatchObject({ decisions: 0, unexplained: [] });
});
