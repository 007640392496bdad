// The admin thread. esbuild makes one CommonJS text of it (bundle-worker.js), since a file's path does not survive
// the bundlers of those who use the kit.
import { writeSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { JournalEntry } from '../instruments/journal.ts';
import { CheckBoard } from '../memory/check-board.ts';
import { ControlBlock } from '../memory/control-block.ts';
import type { AdminWorkerData, AdminWorkerReport } from './admin-config.ts';
import { startAdminService } from './admin-service.ts';
import { watchDeadline } from './deadline-watch.ts';
import { MetricsView } from './metrics-view.ts';

const { config, control, checks, journal } = workerData as AdminWorkerData;
const port = parentPort;
if (port === null) throw new Error('Expected to run in a worker thread');

const metrics = new MetricsView(journal);
port.on('message', (entry: JournalEntry) => {
  metrics.apply(entry);
});

const block = new ControlBlock(control);
watchDeadline(block);

const report = (message: AdminWorkerReport): void => {
  port.postMessage(message);
};
const service = startAdminService({
  config,
  control: block,
  checks: new CheckBoard(checks),
  metrics,
  onWorker: true,
  onDrain: () => {
    report({ kind: 'drain' });
  },
  onStuck: (pid) => {
    report({ kind: 'stuck', pid });
  },
  catchUp: () => {
    for (;;) {
      const next = receiveMessageOnPort(port) as { readonly message: JournalEntry } | undefined;
      if (next === undefined) return;
      metrics.apply(next.message);
    }
  },
});
service.then(
  (listener) => {
    report({ kind: 'listening', port: listener.port });
  },
  (error: unknown) => {
    const { code = 'unknown', message } = error as NodeJS.ErrnoException;
    report({ kind: 'failed', code, message });
  },
);

process.on('uncaughtException', (error) => {
  // The main thread may be blocked and would pass on console output only afterwards.
  writeSync(2, `bellows: the admin thread ends: ${error.stack ?? error.message}\n`);
  process.exit(1);
});
