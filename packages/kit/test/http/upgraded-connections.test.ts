import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { DEFAULT_PATIENCE, type ConnectionPatience } from '../../src/http/connection-patience.ts';
import { serveDrainable, type DrainSubject } from '../fixtures/drain-subject.ts';
import { connectRaw, type RawClient } from '../fixtures/raw-client.ts';

describe('an upgraded connection', () => {
  /** None of the times of a connection without a request may decide about it. */
  const AT_ONCE: ConnectionPatience = {
    ...DEFAULT_PATIENCE,
    idleMs: 1,
    halfRequestMs: 1,
    lingerMs: 1,
  };

  async function upgrade(event: 'upgrade' | 'connect'): Promise<{
    subject: DrainSubject;
    client: RawClient;
    socket: Socket;
  }> {
    const subject = await serveDrainable(() => undefined, AT_ONCE);
    const handedOver = new Promise<Socket>((resolve) => {
      subject.server.on(event, (_request, socket: Socket) => {
        socket.on('error', () => undefined);
        socket.on('end', () => socket.end());
        socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
        socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        resolve(socket);
      });
    });
    const client = await connectRaw(subject.port);
    const head = event === 'connect' ? 'CONNECT host:1 HTTP/1.1' : 'GET / HTTP/1.1';
    client.socket.write(`${head}\r\nHost: service\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`);
    return { subject, client, socket: await handedOver };
  }

  test.each(['upgrade', 'connect'] as const)(
    'lives on after the listener has closed and counts as drained when it ends (%s)',
    async (event) => {
      const { subject, client } = await upgrade(event);
      const drained = subject.drain();
      await waitUntil('the listener is closed', () => !subject.isListening());
      expect(subject.tracker.tidy()).toBe(Infinity);
      client.socket.write('still there');
      await client.waitFor('echo still there');
      client.socket.destroy();
      expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
    },
  );

  test('is cut when its time is up, after its AbortSignal, and counted', async () => {
    const { subject, client, socket } = await upgrade('upgrade');
    const signal = subject.tracker.upgradeSignal(socket)!;
    const said = once(signal, 'abort').then(() => client.socket.destroyed);
    expect(await subject.drain({ inFlightTimeoutMs: 50 })).toMatchObject({
      drained: 0,
      aborted: 1,
    });
    expect(await said).toBe(false);
    await client.ended;
  });

  test('can end at its AbortSignal and counts as drained', async () => {
    const { subject, client, socket } = await upgrade('upgrade');
    subject.tracker.upgradeSignal(socket)!.addEventListener('abort', () => {
      socket.end('bye');
      client.socket.end();
    });
    const times = { inFlightTimeoutMs: 50, abortGraceMs: 60_000 };
    expect(await subject.drain(times)).toMatchObject({ drained: 1, aborted: 0 });
    expect(await client.ended).toContain('bye');
  });
});
