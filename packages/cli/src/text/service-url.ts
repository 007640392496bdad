import type { ServicePortView } from '@bellows/supervisor';

/** Where a Service's port answers HTTP on this machine, such as `http://127.0.0.1:8080`. */
export function serviceUrl({ host, localPort }: ServicePortView): string {
  return `http://${host}:${localPort}`;
}
