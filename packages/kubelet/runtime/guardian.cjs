'use strict';
/*
 * Ends a supervisor's pods when the supervisor is gone without having done so, as after `kill -9`.
 *
 * Standard input is a pipe from the supervisor; only the supervisor holds its other end, so end of file
 * means that it is gone. Lines: `+ UID PGID` a process group of a pod (PGID 0: the pod itself, before
 * its first process), `- UID PGID` that group has ended, `quit` all is over. In a session of its own,
 * deaf to the terminal's signals.
 */
const { findByEnvironment, sendSignal } = require('./pod-processes.cjs');

const TERM_TO_KILL_MS = 500;
const GIVE_UP_MS = 10_000;
const POLL_MS = 50;

const groupsByPod = new Map();
let pending = '';

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM', 'SIGQUIT']) process.on(signal, () => {});
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (pending + text).split('\n');
  pending = lines.pop();
  lines.forEach(obey);
});
process.stdin.on('end', endAll);
process.stdin.on('error', endAll);

function obey(line) {
  const [word, uid, group] = line.split(' ');
  if (word === 'quit') process.exit(0);
  const groups = groupsByPod.get(uid) || new Set();
  if (word === '+') groupsByPod.set(uid, groups.add(Number(group)));
  if (word === '-') groups.delete(Number(group));
  if (word === '-' && Number(group) === 0) groupsByPod.delete(uid);
}

function signalAll(signal) {
  const marks = [...groupsByPod.keys()].map((uid) => `BELLOWS_POD_UID=${uid}`);
  const strays = findByEnvironment(marks).map(({ pid }) => pid);
  const groups = [...groupsByPod.values()].flatMap((set) => [...set]).filter((group) => group > 1);
  const reached = [...groups.map((group) => -group), ...strays].filter((pid) =>
    sendSignal(pid, signal),
  );
  return reached.length > 0;
}

function endAll() {
  const startMs = Date.now();
  signalAll('SIGTERM');
  const look = () => {
    const elapsedMs = Date.now() - startMs;
    const signal = elapsedMs < TERM_TO_KILL_MS ? 0 : 'SIGKILL';
    if (!signalAll(signal) || elapsedMs > GIVE_UP_MS) process.exit(0);
    setTimeout(look, POLL_MS);
  };
  look();
}
