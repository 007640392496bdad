import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '@bellows/hpa';
import {
  startControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from '../kube/control-plane.ts';
import { exposePort } from '../kube/expose-port.ts';
import { writeKubeconfig } from '../kube/kubeconfig-file.ts';
import { PROGRAM_NAMES } from '../kube/program-arguments.ts';
import { agreementOf, type Agreement } from './agreement.ts';
import { ControllerRecording, isRecordedPath } from './controller-recording.ts';
import { startRecordingProxy } from './recording-proxy.ts';

/** A control plane whose HPA controller is listened to. */
export interface RecordedControlPlane extends ControlPlane {
  /** How far `decide` agrees with all that the controller has decided until now. */
  agreement(): Agreement;
}

interface Kubeconfig {
  readonly clusters: readonly {
    cluster: { server: string; 'certificate-authority-data': string };
  }[];
  readonly users: readonly {
    user: { 'client-certificate-data': string; 'client-key-data': string };
  }[];
}

const CONTROLLER_MANAGER = 'controller-manager';
const SYNC_PERIOD = /^--horizontal-pod-autoscaler-sync-period=(\d+)s$/;

/**
 * Starts a control plane whose controller-manager asks the API server through a proxy, which keeps what the HPA controller was given and what it
 * did.
 */
export async function startRecordedControlPlane(
  options: Omit<ControlPlaneOptions, 'programs'>,
): Promise<RecordedControlPlane> {
  const flags = options.extraFlags?.[CONTROLLER_MANAGER] ?? [];
  const plane = await startControlPlane({
    ...options,
    programs: PROGRAM_NAMES.filter((name) => name !== CONTROLLER_MANAGER),
    extraFlags: {
      ...options.extraFlags,
      [CONTROLLER_MANAGER]: [...flags, '--kube-api-content-type=application/json'],
    },
  });
  const recording = new ControllerRecording();
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await plane.stop();
    for (const part of parts.splice(0).reverse()) await part.stop();
  };
  try {
    const { port, proxy } = await listen(plane, recording);
    parts.push(proxy, await exposePort(plane.info, port));
    await plane.start(CONTROLLER_MANAGER);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ info: plane.info, authority: plane.authority, stop },
    pidOf: (name) => plane.pidOf(name),
    kill: async (name) => {
      await plane.kill(name);
      if (name === CONTROLLER_MANAGER) recording.endsAtMs.push(Date.now());
    },
    start: (name) => plane.start(name),
    agreement: () => agreementOf(recording, profileOf(flags)),
  };
}

async function listen(
  plane: ControlPlane,
  recording: ControllerRecording,
): Promise<{ readonly port: number; readonly proxy: { stop(): Promise<void> } }> {
  const { folder, kubeconfig } = plane.info;
  const file = join(folder, `${CONTROLLER_MANAGER}.json`);
  const [user] = readKubeconfig(file).users;
  const [entry] = readKubeconfig(kubeconfig).clusters;
  if (user === undefined || entry === undefined) throw new Error(`${file} names no user`);
  const authority = decoded(entry.cluster['certificate-authority-data']);
  const client = {
    certificate: decoded(user.user['client-certificate-data']),
    key: decoded(user.user['client-key-data']),
  };
  const proxy = await startRecordingProxy({
    ...{ server: entry.cluster.server, authority, client },
    serving: await plane.authority.issue({ subject: 'CN=recording', hosts: ['127.0.0.1'] }),
    ...{ isRecorded: isRecordedPath, listener: recording },
  });
  writeKubeconfig(file, { server: `https://127.0.0.1:${proxy.port}`, authority, user: client });
  return { port: proxy.port, proxy };
}

function readKubeconfig(file: string): Kubeconfig {
  return JSON.parse(readFileSync(file, 'utf8')) as Kubeconfig;
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function profileOf(flags: readonly string[]): Partial<Profile> {
  const periods = flags.flatMap((flag) => SYNC_PERIOD.exec(flag)?.[1] ?? []);
  const period = periods.at(-1);
  return period === undefined ? {} : { syncPeriodSeconds: Number(period) };
}
