// One control plane for all end-to-end tests of a run; a test takes a namespace of its own in it.
import type { TestProject } from 'vitest/node';
import { startControlPlane, type ControlPlaneInfo } from '@bellows/e2e';
import { machineHas } from '@bellows/testkit';
import { buildKube } from './kube/build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Undefined on a machine that cannot have one. */
    readonly controlPlane: ControlPlaneInfo | undefined;
  }
}

/** Ticks quickly, so that tests need not wait for 15 s; `docs/reference/explain.md` says how to tell `explain`. */
const CONTROLLER_MANAGER_FLAGS = ['--horizontal-pod-autoscaler-sync-period=1s'];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!machineHas('kube')) {
    project.provide('controlPlane', undefined);
    return () => Promise.resolve();
  }
  const plane = await startControlPlane({
    kube: await buildKube(),
    extraFlags: { 'controller-manager': CONTROLLER_MANAGER_FLAGS },
  });
  project.provide('controlPlane', plane.info);
  return () => plane.stop();
}
