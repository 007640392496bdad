import { expect, test } from 'vitest';
import { changeSpec } from '../../src/explain/change-spec.ts';
import { SPEC } from '../fixtures/recorded-run.ts';

test('changes a target, keeping its kind', () => {
  const target = changeSpec(SPEC, ['target=0.5']).metrics?.[0]?.pods?.target;
  expect(target).toEqual({ type: 'AverageValue', averageValue: '500m' });
  const cpu = {
    ...SPEC,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      } as const,
    ],
  };
  expect(changeSpec(cpu, ['target=60%']).metrics?.[0]?.resource?.target).toEqual({
    type: 'Utilization',
    averageUtilization: 60,
  });
});

test('changes range, windows and tolerance, one after the other', () => {
  const settings = ['minReplicas=2', 'maxReplicas=20', 'scaleDownWindow=60', 'scaleUpWindow=5s'];
  expect(changeSpec(SPEC, [...settings, 'tolerance=0.2'])).toMatchObject({
    minReplicas: 2,
    maxReplicas: 20,
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 5, tolerance: '200m' },
      scaleDown: { stabilizationWindowSeconds: 60, tolerance: '200m' },
    },
  });
  expect(SPEC.maxReplicas).toBe(10);
});

test.each(['color=red', 'target', 'target=', '=60', '__proto__=1'])('refuses %s', (setting) => {
  expect(() => changeSpec(SPEC, [setting])).toThrow(
    expect.objectContaining({ code: 'ERR_CLI_USAGE' }),
  );
});

test('refuses what the API server would', () => {
  for (const setting of ['maxReplicas=0', 'minReplicas=many', 'target=-1']) {
    expect(() => changeSpec(SPEC, [setting])).toThrow(
      expect.objectContaining({ code: 'ERR_HPA_SPEC' }),
    );
  }
});

test('takes the metric that is named, and does not guess which of several is meant', () => {
  const cpu = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
  } as const;
  const two = { ...SPEC, metrics: [...SPEC.metrics!, cpu] };
  expect(changeSpec(two, ['target.cpu=60']).metrics).toMatchObject([
    { pods: { target: { averageValue: '10' } } },
    { resource: { target: { averageUtilization: 60 } } },
  ]);
  expect(() => changeSpec(two, ['target=5'])).toThrow(/has 2: rps, cpu/);
  expect(() => changeSpec(two, ['target.memory=5'])).toThrow(/a metric of the HPA, got memory/);
});
