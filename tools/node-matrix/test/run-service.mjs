import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('service.mjs', import.meta.url));

/** Starts the service under this Node; resolves when it listens. */
export async function runService(settings) {
  const child = fork(PROGRAM, {
    env: { ...process.env, SERVICE: JSON.stringify(settings) },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const first = await Promise.race([once(child, 'message'), ended]);
  if (!Array.isArray(first)) throw new Error(`the service ended with ${first}: ${output}`);
  child.disconnect();
  return { child, ended, output: () => output, ...first[0] };
}

/** Resolves when `look` gives true; rejects when it does not in 30 s. */
export async function waitUntil(what, look) {
  const deadlineMs = Date.now() + 30_000;
  while (!(await look())) {
    if (Date.now() > deadlineMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
