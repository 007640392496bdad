// A process with nothing in it but our balancer. Arguments: the port of its only endpoint.
import { createBalancer } from '@bellows/balancer';

const endpointPort = Number(process.argv[2]);
const balancer = createBalancer({ port: 0 });
balancer.setEndpointSlices([
  {
    ports: [{ name: '', port: endpointPort }],
    endpoints: [
      {
        addresses: ['127.0.0.1'],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: 'Pod', namespace: 'bench', name: 'backend' },
      },
    ],
  },
]);
const { port } = await balancer.start();
process.send?.(port);
process.on('disconnect', () => process.exit());
