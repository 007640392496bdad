import { isTlsServer, protocolsOf, type AttachableServer } from '../http/attachable-server.ts';

/** A server in words, such as `node:http at port 8080`. */
export function describeServer(server: AttachableServer): string {
  const protocols = protocolsOf(server);
  const isTls = isTlsServer(server);
  const module = protocols?.http2 === undefined ? (isTls ? 'https' : 'http') : 'http2';
  const address = server.address();
  if (address === null) return `node:${module}`;
  return typeof address === 'string'
    ? `node:${module} at ${address}`
    : `node:${module} at port ${address.port}`;
}
