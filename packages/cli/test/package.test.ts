import { expect, test } from 'vitest';

test('@bellows/cli exports exactly what is listed here', async () => {
  expect(Object.keys(await import('../src/index.ts')).sort()).toMatchInlineSnapshot(`
    [
      "EXIT_CODE",
      "runCli",
    ]
  `);
});
