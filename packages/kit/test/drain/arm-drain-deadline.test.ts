import { expect, test } from 'vitest';
import { assembleKit } from '../../src/create-kit.ts';
import { armDrainDeadline } from '../../src/drain/arm-drain-deadline.ts';
import { createKitContext } from '../../src/kit-context.ts';
import { ControlBlock } from '../../src/memory/control-block.ts';

test('a deadline is taken back, unless another one was set since', () => {
  const control = new ControlBlock();
  const beforeNs = process.hrtime.bigint();
  const disarm = armDrainDeadline(control, 1_000.5);
  expect(control.deadlineNs! - beforeNs).toBeGreaterThanOrEqual(1_001_000_000n);
  const disarmLater = armDrainDeadline(control, 5_000);
  disarm();
  expect(control.deadlineNs).toBeDefined();
  disarmLater();
  expect(control.deadlineNs).toBeUndefined();
});

test('a drain has one from its beginning to its end, whoever asked for it', async () => {
  const context = createKitContext({
    adminPort: 0,
    adminHost: '127.0.0.1',
    signals: [],
    drainDelaySeconds: 0,
    inFlightTimeoutSeconds: 100,
    log: () => undefined,
  });
  const { control } = context;
  const kit = assembleKit(context);
  let seenNs: bigint | undefined;
  kit.onClose('look', () => void (seenNs = control.deadlineNs), { timeoutSeconds: 7 });
  // The delay's extra 5 s, requests, the grace, the closer and the margin.
  expect(control.drainBudgetMs).toBe((5 + 100 + 1 + 7 + 2) * 1000);
  await kit.start();
  expect(control.deadlineNs).toBeUndefined();
  await kit.drain();
  expect(seenNs).toBeDefined();
  expect(control.deadlineNs).toBeUndefined();
  await kit.stop();
});
