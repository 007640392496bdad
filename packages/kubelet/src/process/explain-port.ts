import type { Listener } from './listeners.ts';

const WILDCARDS = new Set(['0.0.0.0', '::']);

/** What the system says of a port, and whose it is. */
export interface PortView {
  /** Address of the pod in question. */
  readonly podAddress: string;
  readonly port: number;
  /** Sockets that listen on the port, each with whose it is; undefined for another program's. */
  readonly holders: readonly { readonly listener: Listener; readonly owner: string | undefined }[];
  /** Name of the pod in question. */
  readonly pod: string;
}

/** How a pod stands among the owners of a {@link PortView}. */
export function podOwner(name: string): string {
  return `pod ${name}`;
}

/**
 * Why nobody answers at the pod's address, if a process of the pod listens elsewhere; undefined if none
 * does.
 */
export function explainRefusal(view: PortView): string | undefined {
  const own = view.holders.find(({ owner }) => owner === podOwner(view.pod))?.listener;
  if (own === undefined || own.address === view.podAddress) return undefined;
  const address = own.address.includes(':') ? `[${own.address}]` : own.address;
  return `listens on ${address}:${view.port} only; in a cluster nothing could reach it; listen on 0.0.0.0`;
}

/**
 * Who really answers at the pod's address, when it is another pod that listens on every address;
 * undefined when it is the pod itself.
 */
export function explainWrongHolder(view: PortView): string | undefined {
  const wide = view.holders.filter(({ listener }) => WILDCARDS.has(listener.address));
  const isOwn = view.holders.some(
    ({ listener, owner }) => owner === podOwner(view.pod) || listener.address === view.podAddress,
  );
  return isOwn || wide.length === 0 ? undefined : explainPortInUse(view);
}

/** Why a process could not bind the port, and the ways out. */
export function explainPortInUse(view: PortView): string {
  const blocking = view.holders.filter(
    ({ listener }) => WILDCARDS.has(listener.address) || listener.address === view.podAddress,
  );
  const holder = blocking[0] ?? view.holders[0];
  const name = holder?.owner ?? 'another program on this machine';
  const who =
    holder === undefined
      ? `port ${view.port} is in use`
      : `port ${view.port} is held by ${name}, which listens on ${holder.listener.address}`;
  return (
    `${who}; each pod has its own address, so listen on $HOST (${view.podAddress}) instead of on every address, ` +
    'let a Node process keep NODE_OPTIONS, or give each Deployment its own containerPort'
  );
}
