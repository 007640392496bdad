import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCertificateAuthority } from '../../src/kube/certificates.ts';

test('a server and a client that an authority has issued know each other', async () => {
  const authority = await createCertificateAuthority('test');
  const server = await authority.issue({ subject: 'CN=server', hosts: ['127.0.0.1', 'a.test'] });
  const client = await authority.issue({ subject: 'O=system:masters,CN=admin' });
  const listener = createServer({
    ...{ ca: authority.certificate, cert: server.certificate, key: server.key },
    requestCert: true,
  });
  const subject = new Promise((resolve) => {
    listener.once('secureConnection', (socket) => {
      resolve(socket.getPeerCertificate().subject);
      socket.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const socket = connect({
    ...{ host: '127.0.0.1', port, servername: 'a.test' },
    ...{ ca: authority.certificate, cert: client.certificate, key: client.key },
  });
  expect(await subject).toMatchObject({ O: 'system:masters', CN: 'admin' });
  expect(socket.authorized).toBe(true);
  await new Promise((resolve) => socket.once('close', resolve).resume());
  await new Promise((resolve) => listener.close(resolve));
});
