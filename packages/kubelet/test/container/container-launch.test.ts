import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { kubeletBench } from '../support/kubelet-bench.ts';
import { nodeContainer, pod } from '../support/pods.ts';

test('$(NAME) is a variable of the manifest, a Service or the pod, never one of the machine', async () => {
  await using bench = await kubeletBench({ environment: { SHOP_SERVICE_HOST: '127.0.0.1' } });
  const text = '$(OWN) $(SHOP_SERVICE_HOST) $(PORT) $(PATH) $(HOME)';
  const one = pod([
    nodeContainer([], {
      command: ['sh', '-c', 'echo "$0 $VALUE ${PATH:+has PATH}"', text],
      env: [
        { name: 'OWN', value: 'own' },
        { name: 'VALUE', value: '$(OWN) $(PATH)' },
      ],
    }),
  ]);
  bench.kubelet.runPod(one);
  const line = await waitUntil('the line', () => bench.lines[0]?.text);
  expect(line).toBe('own 127.0.0.1 3000 $(PATH) $(HOME) own $(PATH) has PATH');
});
