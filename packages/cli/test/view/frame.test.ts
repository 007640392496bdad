import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderFrame } from '../../src/view/frame.ts';
import { runView } from '../fixtures/run-view.ts';

describe('renderFrame', () => {
  test.each([
    { columns: 120, rows: 40 },
    { columns: 80, rows: 24 },
    { columns: 40, rows: 24 },
    { columns: 20, rows: 12 },
  ])('shows a run on $columns × $rows', async (size) => {
    const frame = renderFrame(runView(), size, false);
    await expect(`${frame.join('\n')}\n`).toMatchFileSnapshot(
      `golden/frame-${size.columns}x${size.rows}.txt`,
    );
  });

  test('says the same with colour as without', () => {
    const size = { columns: 100, rows: 30 };
    const colored = renderFrame(runView(), size, true);
    expect(colored.join('\n')).toContain('\u001b[');
    expect(colored.map(stripVTControlCharacters)).toEqual(renderFrame(runView(), size, false));
  });

  test('marks lost requests in words and in red', () => {
    const load = runView().load!;
    const view = runView({ load: { ...load, account: { ...load.account, lost: 7 } } });
    expect(renderFrame(view, { columns: 100, rows: 30 }, false).join('\n')).toContain('7 lost');
    expect(renderFrame(view, { columns: 100, rows: 30 }, true).join('\n')).toContain(
      '\u001b[31m7 lost',
    );
  });

  test('leaves the events of the HPA to its decisions', () => {
    const [seen] = runView().events;
    const told = { ...seen!.event, reason: 'SuccessfulRescale' };
    const events = [seen!, { ...seen!, about: 'hpa/shop', event: told }];
    const frame = renderFrame(runView({ events }), { columns: 100, rows: 40 }, false).join('\n');
    expect(frame).toContain('pod/shop-c Unhealthy');
    expect(frame).not.toContain('hpa/shop SuccessfulRescale');
  });

  test('shows no chart where nothing offers and nothing measures', () => {
    const { snapshot } = runView();
    const view = runView({ load: undefined, snapshot: { ...snapshot, autoscalers: [] } });
    const frame = renderFrame(view, { columns: 100, rows: 40 }, false).join('\n');
    expect(frame).not.toContain('capacity');
  });

  test('says why a signal is missing, with the remedy', () => {
    const message = 'no pod has queue_length: shop-a: its page has no queue_length; expose it';
    const event = { type: 'Warning', reason: 'MetricMissing', message } as const;
    const view = runView({ events: [{ atMs: 0, about: 'hpa/shop', event }] });
    const frame = renderFrame(view, { columns: 100, rows: 40 }, false);
    expect(frame).toContain(`! ${message}`);
  });

  test('is never larger than the terminal, whatever pods and events say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        fc.string({ unit: 'binary' }),
        (columns, rows, text) => {
          const { snapshot, events } = runView();
          const [deployment] = snapshot.deployments;
          const view = runView({
            title: text,
            snapshot: {
              ...snapshot,
              deployments: [
                {
                  ...deployment!,
                  pods: deployment!.pods.map((pod) => ({ ...pod, message: text })),
                },
              ],
            },
            events: events.map((seen) => ({ ...seen, event: { ...seen.event, message: text } })),
            logs: [{ pod: text, container: 'c', stream: 'stderr', text }],
          });
          const frame = renderFrame(view, { columns, rows }, false);
          expect(frame.length).toBeLessThanOrEqual(rows);
          for (const line of frame) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(/\p{Cc}/u);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
