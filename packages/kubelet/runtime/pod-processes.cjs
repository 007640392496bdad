'use strict';
/*
 * Finds and ends the processes of a pod by the id that each carries in its environment. Shared by the
 * kubelet and by the guardian, which runs without it.
 */
const fs = require('node:fs');

const ZERO = Buffer.of(0);

/**
 * The living processes that carry one of `marks` (`NAME=VALUE`) in their environment, each with the mark
 * it carries; they may have left their session and their parent. Empty where there is no /proc.
 */
exports.findByEnvironment = function findByEnvironment(marks) {
  const needles = marks.map((mark) => ({ mark, bytes: Buffer.from(`\0${mark}\0`) }));
  const found = [];
  for (const pid of needles.length === 0 ? [] : processIds()) {
    const environment = environmentOf(pid);
    const needle = needles.find(({ bytes }) => environment.includes(bytes));
    if (needle !== undefined && pid !== process.pid) found.push({ pid, mark: needle.mark });
  }
  return found;
};

/** A process's environment with a zero byte at either end; empty for another user's, a zombie's or none. */
function environmentOf(pid) {
  try {
    const environment = fs.readFileSync(`/proc/${pid}/environ`);
    return environment.length === 0 ? environment : Buffer.concat([ZERO, environment, ZERO]);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Sends a signal to a process (or, if negative, a group); false when there is none to get it. */
exports.sendSignal = function sendSignal(pid, signal) {
  // 0 and 1 would reach this process's own group, everything, or the machine's first process.
  if (!(Math.abs(pid) > 1) || pid === process.pid) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
};

function processIds() {
  try {
    return fs
      .readdirSync('/proc')
      .map(Number)
      .filter((number) => number > 0);
  } catch {
    return [];
  }
}
