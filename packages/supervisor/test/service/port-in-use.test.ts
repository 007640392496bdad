import { expect, test } from 'vitest';
import { portInUse } from '../../src/service/port-in-use.ts';
import { service } from '../fixtures/objects.ts';

test('the warning names the wanted port, the one given, and every way out', () => {
  const bound = { name: '', port: 80, address: '127.0.0.1', localPort: 45_000 };
  expect(portInUse(service(), bound, [8080])).toEqual({
    type: 'Warning',
    reason: 'PortInUse',
    message:
      'another program listens on 8080 of this machine, so port 80 is reached at 127.0.0.1:45000 in this run. ' +
      'Connect to that (pods read SHOP_SERVICE_PORT), or end the program that listens on 8080 and start again, ' +
      'or give the Service another port',
  });
});

test('all ports that were tried are named, and a named port by its own variable', () => {
  const bound = { name: 'sql', port: 5432, address: '127.0.0.1', localPort: 45_000 };
  const { message } = portInUse(service(), bound, [5432, 13_432]);
  expect(message).toContain('on 5432 and 13432 of');
  expect(message).toContain('(pods read SHOP_SERVICE_PORT_SQL)');
});
