import { expect, test } from 'vitest';
import { serviceEnvironment } from '../../src/service/service-environment.ts';
import { service } from '../fixtures/objects.ts';

const named = { ...service(), metadata: { ...service().metadata, name: 'shop-front' } };

test('a Service is found by host and port, and by Docker’s link variables', () => {
  const ports = [{ name: '', port: 80, address: '127.0.0.1', localPort: 8080 }];
  expect(serviceEnvironment(named, ports)).toEqual({
    SHOP_FRONT_SERVICE_HOST: '127.0.0.1',
    SHOP_FRONT_SERVICE_PORT: '8080',
    SHOP_FRONT_PORT: 'tcp://127.0.0.1:8080',
    SHOP_FRONT_PORT_80_TCP: 'tcp://127.0.0.1:8080',
    SHOP_FRONT_PORT_80_TCP_PROTO: 'tcp',
    SHOP_FRONT_PORT_80_TCP_PORT: '8080',
    SHOP_FRONT_PORT_80_TCP_ADDR: '127.0.0.1',
  });
});

test('each named port has a variable of its own', () => {
  const ports = [
    { name: 'http', port: 80, address: '127.0.0.1', localPort: 8080 },
    { name: 'grpc-web', port: 9000, address: '127.0.0.1', localPort: 9000 },
  ];
  expect(serviceEnvironment(named, ports)).toMatchObject({
    SHOP_FRONT_SERVICE_PORT: '8080',
    SHOP_FRONT_SERVICE_PORT_HTTP: '8080',
    SHOP_FRONT_SERVICE_PORT_GRPC_WEB: '9000',
  });
});

test('a Service without ports has no variables', () => {
  expect(serviceEnvironment(named, [])).toEqual({});
});
