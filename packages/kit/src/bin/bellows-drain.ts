#!/usr/bin/env node
// The way into the drain from inside the container, as `preStop.exec.command: ["bellows-drain"]`: it comes from
// loopback, so it needs no token. Arguments it has none; it reads the same variables as the kit.
import { request } from 'node:http';

/** Longer than a busy admin thread takes, far shorter than a grace period. */
const TIMEOUT_MS = 5_000;

// As in the kit, a variable that is empty is not given.
const given = (name: string): string | undefined => {
  const text = process.env[`BELLOWS_${name}`];
  return text === '' ? undefined : text;
};
const port = given('ADMIN_PORT') ?? '9400';
const token = given('DRAIN_TOKEN');
const message = request({
  // An admin port at one address is not at loopback.
  host: given('ADMIN_HOST') ?? given('POD_IP') ?? '127.0.0.1',
  port,
  path: '/drain',
  method: 'POST',
  timeout: TIMEOUT_MS,
  headers: {
    host: 'localhost',
    'bellows-drain': '1',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  },
});
message.on('response', (response) => {
  response.resume();
  if (response.statusCode !== 200) fail(`it answered ${String(response.statusCode)}`);
});
message.on('timeout', () => message.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
message.on('error', (error) => {
  fail(error.message);
});
message.end();

function fail(reason: string): void {
  process.stderr.write(
    `bellows-drain: the admin port ${port} did not start the drain: ${reason}\n`,
  );
  process.exitCode = 1;
}
