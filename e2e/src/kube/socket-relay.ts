import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where a relay listens or leads to: a socket file, or a port of 127.0.0.1. */
export type RelayEnd =
  { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };

/** Hands connections on, both ways, with their ends. */
export interface SocketRelay {
  /** The port it listens on; 0 for a socket file. */
  readonly port: number;
  /** Ends it with all its connections. */
  stop(): Promise<void>;
}

/** Listens at one end and connects each connection to the other. Port 0 picks a free one. */
export async function startSocketRelay(from: RelayEnd, to: RelayEnd): Promise<SocketRelay> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const onward = connect({ ...to, allowHalfOpen: true });
    join(incoming, onward, sockets);
    join(onward, incoming, sockets);
    incoming.pipe(onward);
    onward.pipe(incoming);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(from, resolve);
  });
  return { port: portOf(server), stop: () => close(server, sockets) };
}

/** When one side breaks, so does the other. */
function join(socket: Socket, other: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on('error', () => other.destroy());
  socket.on('close', (hadError) => {
    sockets.delete(socket);
    if (hadError) other.destroy();
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
