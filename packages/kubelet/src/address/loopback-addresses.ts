import { createServer, type Server } from 'node:net';
import { BellowsError, type Random } from '@bellows/core';
import type { PodAddress, PodAddresses } from './pod-addresses.ts';

/** Whoever listens here, at a block's last address, owns the block: the system frees it with the process. */
const CLAIM_PORT = 47_999;
const MAX_CLAIMS = 50;
/** Second bytes to choose from: clear of 127.0.x.x and 127.1.x.x, which name servers and hosts files use. */
const FIRST_BLOCK = 16;
const BLOCKS = 224;
/** Host numbers 1 … 254 in each of the blocks' 255 nets; the 256th holds the claim. */
const ADDRESSES = 255 * 254;

/**
 * Creates the strategy for Linux, where all of 127.0.0.0/8 can be bound: each run of Bellows claims a
 * random `127.x.0.0/16` and hands its addresses out in turn, so that one is not used again before 64,770
 * others were.
 *
 * @param random - Chooses the block.
 */
export function createLoopbackAddresses(random: Random): PodAddresses {
  const inUse = new Set<string>();
  let claim: { readonly server: Server; readonly block: number } | undefined;
  let next = 0;
  return {
    async start() {
      claim = await claimBlock(random);
    },
    acquire() {
      if (claim === undefined || inUse.size >= ADDRESSES) throw noAddress('none is left');
      for (;;) {
        const index = next++ % ADDRESSES;
        const address = `127.${claim.block}.${Math.trunc(index / 254)}.${1 + (index % 254)}`;
        if (inUse.has(address)) continue;
        inUse.add(address);
        return { address, portMap: {} };
      }
    },
    release(pod: PodAddress) {
      inUse.delete(pod.address);
    },
    async stop() {
      const server = claim?.server;
      claim = undefined;
      if (server === undefined) return;
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

async function claimBlock(random: Random): Promise<{ server: Server; block: number }> {
  let cause: unknown;
  for (let attempt = 0; attempt < MAX_CLAIMS; attempt++) {
    const block = FIRST_BLOCK + Math.floor(random() * BLOCKS);
    try {
      return { server: await listen(`127.${block}.255.254`), block };
    } catch (error) {
      cause = error;
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') break;
    }
  }
  throw noAddress(cause instanceof Error ? cause.message : 'unknown reason', cause);
}

function listen(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen({ host, port: CLAIM_PORT }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function noAddress(reason: string, cause?: unknown): BellowsError {
  return new BellowsError('ERR_KUBELET_PLATFORM', `no loopback address for pods: ${reason}`, {
    remedy:
      'Bellows needs to bind addresses in 127.0.0.0/8; check the machine’s loopback interface.',
    cause,
  });
}
