import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { planLoad } from '../../src/up/plan-load.ts';
import { deployment, port, service } from '../fixtures/objects.ts';
import { upOptions } from '../fixtures/up-options.ts';

const shop = [deployment('shop'), service('shop')];
const cart = [deployment('cart'), service('cart', [port('grpc', 9000), port('http', 8000)])];

describe('planLoad', () => {
  test('is undefined without --load', async () => {
    expect(await planLoad(upOptions(), shop)).toBeUndefined();
  });

  test('takes a number as a constant load without an end, to the only Service', async () => {
    expect(await planLoad(upOptions({ load: '50' }), shop)).toMatchObject({
      profile: { points: [{ requestsPerSecond: 50 }] },
      followsProfile: false,
      durationSeconds: Infinity,
      service: 'shop',
      servicePort: 80,
      deployments: ['shop'],
    });
  });

  test('takes the length of a profile, and its own requests in place of the profile’s', async () => {
    await using directory = await temporaryDirectory();
    const load = join(directory.path, 'day.csv');
    await writeFile(load, '# request 1 GET /x\nseconds,requests_per_second\n0,1\n90,5\n');
    expect(await planLoad(upOptions({ load }), shop)).toMatchObject({
      followsProfile: true,
      durationSeconds: 90,
      profile: { requests: [{ method: 'GET', path: '/x' }] },
    });
    const loadRequests = ['GET /items/{1..9}', 'POST /orders {"item": 7}'];
    expect(
      await planLoad(upOptions({ load, loadRequests, loadDurationSeconds: 30 }), shop),
    ).toMatchObject({
      durationSeconds: 30,
      profile: { requests: [{ path: '/items/{1..9}' }, { method: 'POST', body: '{"item": 7}' }] },
    });
  });

  test.each([
    ['cart', 9000],
    ['cart:http', 8000],
    ['cart:8000', 8000],
  ])('sends it to %s', async (loadService, servicePort) => {
    const plan = await planLoad(upOptions({ load: '50', loadService }), [...shop, ...cart]);
    expect(plan).toMatchObject({ service: 'cart', servicePort, deployments: ['cart'] });
  });

  test.each([
    ['several Services and none named', {}, [...shop, ...cart], /one Service .* shop, cart/],
    ['a Service that is not there', { loadService: 'shopp' }, shop, /one of shop, got shopp/],
    [
      'a port that is not there',
      { loadService: 'cart:admin' },
      cart,
      /port admin, it has grpc, http/,
    ],
    ['no Service', {}, [deployment('shop')], /a Service .* got none/],
    ['no TCP port', {}, [deployment('dns'), service('dns', [port('', 53, 'UDP')])], /a TCP port/],
    ['a Service that selects nothing', {}, [deployment('shop'), service('cart')], /selects none/],
    ['--load-service alone', { load: undefined, loadService: 'shop' }, shop, /Expected --load/],
  ])('refuses %s', async (_what, changes, objects, message) => {
    await expect(planLoad(upOptions({ load: '50', ...changes }), objects)).rejects.toMatchObject({
      code: 'ERR_CLI_USAGE',
      message: expect.stringMatching(message) as string,
    });
  });
});
