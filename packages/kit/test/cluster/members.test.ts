import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { Members } from '../../src/cluster/members.ts';
import type { MemberState } from '../../src/cluster/member-state.ts';

const PATIENT = { timeoutMs: 30_000 };
const PAGE = '# TYPE own_total counter\nown_total 5\n';
const READY: MemberState = { phase: 'ready', heartbeatAgeMs: 0, debuggerAttached: false };

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function follow(stallMs = 30_000): Promise<{
  members: Members;
  stuck: number[];
  childAt: (pid: number, listener: RequestListener) => Promise<Server>;
}> {
  const folder = await temporaryDirectory();
  ends.push(() => folder[Symbol.asyncDispose]());
  const stuck: number[] = [];
  const onStuck = (pid: number): void => void stuck.push(pid);
  const members = new Members({ folder: folder.path, stallMs, onStuck });
  members.start();
  ends.push(() => {
    members.stop();
  });
  const childAt = async (pid: number, listener: RequestListener): Promise<Server> => {
    const server = createServer(listener).listen(join(folder.path, `${pid}.sock`));
    await once(server, 'listening');
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return server;
  };
  return { members, stuck, childAt };
}

const answering =
  (state: MemberState): RequestListener =>
  ({ url }, response) =>
    response.end(url === '/state' ? JSON.stringify(state) : PAGE);

async function sumOf(members: Members): Promise<number> {
  const pages = await members.pages();
  const samples = pages.flatMap((page) => page.flatMap((family) => family.samples));
  return samples.reduce((sum, { value }) => sum + value, 0);
}

describe('a child whose admin thread takes questions and answers none', () => {
  test('is stuck, and that is told once', async () => {
    const { members, stuck, childAt } = await follow(1_500);
    await childAt(process.pid, () => undefined);
    await waitUntil('its end', () => stuck.length > 0, PATIENT);
    const [{ heartbeatAgeMs } = READY] = members.states;
    expect(heartbeatAgeMs).toBeGreaterThan(1_500);
    await waitUntil('more silence', () => members.states[0]!.heartbeatAgeMs > 4_000, PATIENT);
    expect(stuck).toEqual([process.pid]);
  });

  test('is not stuck when a debugger held it as it last answered', async () => {
    const { members, stuck, childAt } = await follow(1_500);
    let questions = 0;
    await childAt(process.pid, (request, response) => {
      questions += 1;
      const state = { ...READY, debuggerAttached: true };
      if (questions <= 2) answering(state)(request, response);
    });
    await waitUntil('unanswered questions', () => questions > 4, PATIENT);
    expect(members.states).toMatchObject([{ phase: 'ready', heartbeatAgeMs: 0 }]);
    expect(stuck).toEqual([]);
  });
});

test('a child whose admin thread is replaced by a new one is counted once', async () => {
  const { members, childAt } = await follow();
  const first = await childAt(process.pid, answering(READY));
  await waitUntil('its count', async () => (await sumOf(members)) === 5, PATIENT);
  first.close();
  first.closeAllConnections();
  await once(first, 'close');
  expect(await sumOf(members)).toBe(5);
  await childAt(process.pid, answering(READY));
  expect(await sumOf(members)).toBe(5);
});

test('what a child has counted stays when its process has ended', async () => {
  const { members, childAt } = await follow();
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  const server = await childAt(child.pid!, answering(READY));
  await waitUntil('its count', async () => (await sumOf(members)) === 5, PATIENT);
  server.close();
  server.closeAllConnections();
  child.kill();
  await once(child, 'exit');
  await waitUntil('its end', () => members.states.length === 0, PATIENT);
  expect(await sumOf(members)).toBe(5);
});
