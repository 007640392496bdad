import type { ObjectEvent } from '@bellows/core';
import type { Service } from '@bellows/manifest';
import { expect, test } from 'vitest';
import {
  createServiceController,
  type ServiceController,
} from '../../src/service/service-controller.ts';
import { FakeBalancer } from '../fixtures/fake-balancer.ts';
import { podStatus, service } from '../fixtures/objects.ts';

function controllerOf(
  spec: Partial<Service['spec']> = {},
  takenPorts: readonly number[] = [],
  listenErrorCode = 'EADDRINUSE',
): { controller: ServiceController; balancers: FakeBalancer[]; events: ObjectEvent[] } {
  const balancers: FakeBalancer[] = [];
  const events: ObjectEvent[] = [];
  const controller = createServiceController({
    service: service(spec),
    createBalancer: (options) => {
      const balancer = new FakeBalancer(options, new Set(takenPorts), listenErrorCode);
      balancers.push(balancer);
      return balancer;
    },
    endpointDelayMs: 500,
    random: Math.random,
    onEvent: (event) => events.push(event),
  });
  return { controller, balancers, events };
}

test('a Service listens on a port of this machine, and says where', async () => {
  const { controller, events } = controllerOf();
  await controller.start();
  expect(events).toEqual([]);
  expect(controller.view()).toMatchObject({
    name: 'shop',
    ports: [{ name: '', port: 80, host: '127.0.0.1', localPort: 8080 }],
  });
  expect(controller.environment()).toMatchObject({ SHOP_SERVICE_PORT: '8080' });
});

test('a port that is taken gives way to the next with a warning, and its balancer is stopped', async () => {
  const { controller, balancers, events } = controllerOf({}, [8080]);
  await controller.start();
  expect(events).toMatchObject([{ type: 'Warning', reason: 'PortInUse' }]);
  expect(events[0]!.message).toContain('127.0.0.1:45000');
  expect(controller.view().ports).toMatchObject([{ localPort: 45_000 }]);
  expect(balancers.map(({ isStopped }) => isStopped)).toEqual([true, false]);
});

test('an error that is no taken port is not hidden', async () => {
  const { controller, balancers, events } = controllerOf({}, [8080], 'EACCES');
  await expect(controller.start()).rejects.toMatchObject({ code: 'ERR_BALANCER_LISTEN' });
  expect(balancers.map(({ isStopped }) => isStopped)).toEqual([true]);
  expect(events).toEqual([]);
});

test('each TCP port has a balancer with the port’s name; other protocols have none', async () => {
  const { controller, balancers } = controllerOf({
    ports: [
      { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
      { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
      { name: 'admin', port: 9090, targetPort: 9090, protocol: 'TCP' },
    ],
  });
  await controller.start();
  expect(balancers.map(({ options }) => [options.portName, options.port])).toEqual([
    ['http', 8080],
    ['admin', 9090],
  ]);
});

test('all balancers get the endpoints, and stop', async () => {
  const { controller, balancers } = controllerOf();
  await controller.start();
  controller.setPods([podStatus({ name: 'a' }), podStatus({ name: 'b', ready: false })]);
  expect(balancers[0]!.readyPods()).toEqual(['a']);
  await controller.stop();
  expect(balancers[0]!.isStopped).toBe(true);
});
