import { describe, expect, test } from 'vitest';
import { parseManifests, type Deployment, type Probe } from '../../src/index.ts';
import { deploymentText } from '../fixtures/manifest-texts.ts';
import { problemsOf, warningsOf } from '../fixtures/problems-of.ts';

const FIELD = 'spec.template.spec.containers[0].';

function problems(container: string): readonly string[] {
  return problemsOf(deploymentText(container)).map((line) =>
    line.replace(/^\d+:\d+ /, '').replace(FIELD, ''),
  );
}

function readiness(probe: string): Probe | undefined {
  const text = deploymentText(`readinessProbe: ${probe}`);
  const [object] = parseManifests([{ file: '-', text }]).objects;
  return (object as Deployment).spec.template.spec.containers[0]?.readinessProbe;
}

describe('probeShape', () => {
  test('fills in the defaults, also for zeros', () => {
    const probe = readiness('{ httpGet: { port: http }, periodSeconds: 0 }');
    expect(probe).toEqual({
      httpGet: { path: '/', port: 'http', scheme: 'HTTP', httpHeaders: [] },
      initialDelaySeconds: 0,
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    });
  });

  test.each([
    [
      'readinessProbe: {}',
      'readinessProbe: Required value: must specify a handler type. Set one of exec, httpGet, tcpSocket, grpc.',
    ],
    ['readinessProbe: { exec: {} }', 'readinessProbe.exec.command: Required value.'],
    [
      'readinessProbe: { httpGet: { path: / } }',
      'readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive.',
    ],
    [
      'readinessProbe: { httpGet: { port: 80, scheme: https } }',
      'readinessProbe.httpGet.scheme: Unsupported value: "https": supported values: "HTTP", "HTTPS". Did you mean "HTTPS"?',
    ],
    [
      'readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "a b", value: c }] } }',
      "readinessProbe.httpGet.httpHeaders[0].name: Invalid value: \"a b\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+').",
    ],
    [
      'readinessProbe: { tcpSocket: { port: "80" } }',
      'readinessProbe.tcpSocket.port: Invalid value: "80": must contain at least one letter (a-z). A number in quotes is the name of a port: remove the quotes.',
    ],
    [
      'livenessProbe: { tcpSocket: { port: 80 }, httpGet: { port: 80 } }',
      'livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type. Keep one of httpGet, tcpSocket.',
    ],
    [
      'livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 }',
      'livenessProbe.successThreshold: Invalid value: 2: must be 1.',
    ],
    [
      'startupProbe: { tcpSocket: { port: 80 }, successThreshold: 2 }',
      'startupProbe.successThreshold: Invalid value: 2: must be 1.',
    ],
    [
      'startupProbe: { tcpSocket: { port: 80 }, periodSeconds: -1 }',
      'startupProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0.',
    ],
    [
      'livenessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 0 }',
      'livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0.',
    ],
    [
      'readinessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 1 }',
      'readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes. Remove the field.',
    ],
    [
      'readinessProbe: { tcpSocket: { port: 80 }, periodSecond: 1 }',
      'readinessProbe.periodSecond: unknown field "periodSecond". Did you mean "periodSeconds"?',
    ],
  ])('refuses %s', (container, problem) => {
    expect(problems(container)).toEqual([problem]);
  });

  test('takes a readiness probe that must succeed twice', () => {
    expect(readiness('{ exec: { command: [test] }, successThreshold: 2 }')?.successThreshold).toBe(
      2,
    );
  });

  test('leaves a gRPC probe out and says what that means', () => {
    const probe = '{ grpc: { port: 80 } }';
    expect(readiness(probe)).toBeUndefined();
    expect(warningsOf(deploymentText(`readinessProbe: ${probe}`))[0]).toContain(
      'readinessProbe.grpc is not acted on. gRPC probes are not made: this probe is left out',
    );
  });
});
