import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseLoadProfile } from '@bellows/load';
import { checkReferences, readManifests } from '@bellows/manifest';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

describe('what runs with the server', () => {
  test('has manifests in which nothing is wrong or left out', async () => {
    const manifests = await readManifests([`${folder}k8s`]);
    expect(manifests.objects.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'Service',
    ]);
    expect(checkReferences(manifests)).toEqual({ problems: [], warnings: [] });
  });

  test('has a load that ends low for long enough to scale in', async () => {
    const text = await readFile(`${folder}load/launch-day.csv`, 'utf8');
    const { points, requests } = parseLoadProfile(text, 'launch-day.csv');
    const rates = points.map(({ requestsPerSecond }) => requestsPerSecond);
    expect(points.at(-1)?.atSeconds).toBe(180);
    expect(Math.max(...rates)).toBe(120);
    // One replica is meant to take 20; within tolerance 22.
    expect(Math.max(...rates.slice(-45))).toBeLessThan(22);
    expect(requests.map(({ method, weight }) => [method, weight])).toEqual([
      ['GET', 9],
      ['POST', 1],
    ]);
  });
});
