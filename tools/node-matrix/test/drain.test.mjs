import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startClients } from './clients.mjs';
import { runService, waitUntil } from './run-service.mjs';

const KIT_OPTIONS = { drainDelaySeconds: 0.3, drainQuietSeconds: 1, drainDelayMaxSeconds: 30 };
const CLIENTS = 40;

/** Scales one of two services in under load: new connections go to it until it drains, then to the other. */
async function scaleIn(protocol, isNative) {
  const [victim, other] = await Promise.all([
    runService({ protocol, isNative, kitOptions: KIT_OPTIONS }),
    runService({ protocol, isNative: true }),
  ]);
  let { port } = victim;
  const { account, stop } = startClients(protocol, CLIENTS, () => port);
  const more = (count) => {
    const enough = account.answered + account.lost.length + count;
    return waitUntil('answers', () => account.answered + account.lost.length >= enough);
  };
  try {
    await more(CLIENTS * 10);
    assert.deepEqual(account.lost, []);
    victim.child.kill('SIGTERM');
    if (isNative) {
      await waitUntil(
        'a loss',
        () => account.lost.length > 0 || victim.child.exitCode !== null || victimIsOld(victim),
      );
    } else {
      await waitUntil('the drain', () => victim.output().includes('draining'));
    }
    await more(CLIENTS * 2);
    port = other.port;
    if (isNative) victim.child.kill('SIGKILL');
    const end = await victim.ended;
    await more(CLIENTS);
    await stop();
    return { end, ...account };
  } finally {
    for (const { child } of [victim, other]) child.kill('SIGKILL');
  }
}

/** `server.close()` alone never ends while clients go on: after some time it is ended, as a kubelet would. */
function victimIsOld(victim) {
  victim.sinceMs ??= Date.now();
  return Date.now() - victim.sinceMs > 2_000;
}

for (const protocol of ['http', 'https', 'h2c', 'h2']) {
  test(`a scale-in loses no request (${protocol})`, { timeout: 90_000 }, async () => {
    const { end, lost, refused, answered } = await scaleIn(protocol, false);
    assert.deepEqual(lost, []);
    assert.equal(refused, 0);
    assert.equal(end, 0);
    assert.ok(answered > CLIENTS * 12);
  });
}

test('server.close() loses some: the trial can fail', { timeout: 90_000 }, async () => {
  const { lost } = await scaleIn('http', true);
  assert.ok(lost.length > 0);
});
