/** How a client talks to the service. */
export type Protocol = 'http' | 'https' | 'h2c';

/** Who is connected while a replica is scaled in. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly protocol: Protocol;
  /** Clients that ask all the time on one kept connection. */
  readonly busy: number;
  /** Clients whose requests take 3 s. */
  readonly slow: number;
  /** Clients whose answers are streamed for 3 s. */
  readonly streaming: number;
  /** Connections that are idle after one request. */
  readonly idle: number;
  /** Connections that never send a byte. */
  readonly silent: number;
  /** Names of the contenders. */
  readonly contenders: readonly string[];
}

/** Services that know nothing of the kit, under `--import @bellows/kit/register`: they must lose as little as the kit. */
export const REGISTERED: readonly string[] = ['express-register', 'fastify-register'];

const NOBODY = { slow: 0, streaming: 0, idle: 0, silent: 0 };
const HTTP_PEERS = [
  'native',
  'terminus',
  'http-terminator',
  'lightship',
  'stoppable',
  'http-graceful-shutdown',
  'close-with-grace',
  'graceful-server',
];

/** All scenarios, each a benchmark of its own. */
export const SCENARIOS: readonly Scenario[] = [
  {
    ...NOBODY,
    name: 'kit-drain',
    summary: 'requests lost per scale-in of 50 keep-alive clients, against other libraries',
    protocol: 'http',
    busy: 50,
    contenders: ['kit', ...REGISTERED, ...HTTP_PEERS],
  },
  {
    ...NOBODY,
    name: 'kit-drain-tls',
    summary: 'the same over TLS',
    protocol: 'https',
    busy: 50,
    contenders: ['kit', ...HTTP_PEERS],
  },
  {
    ...NOBODY,
    name: 'kit-drain-h2c',
    summary: 'the same over HTTP/2 without TLS',
    protocol: 'h2c',
    busy: 50,
    contenders: ['kit', 'native', 'http-terminator', 'http-graceful-shutdown', 'stoppable'],
  },
  {
    ...NOBODY,
    name: 'kit-drain-slow',
    summary: 'requests lost with answers of 3 s, in one piece and streamed',
    protocol: 'http',
    busy: 40,
    slow: 5,
    streaming: 5,
    contenders: ['kit', ...HTTP_PEERS],
  },
  {
    ...NOBODY,
    name: 'kit-drain-idle',
    summary: 'requests lost, and time taken, with connections that are idle or never sent a byte',
    protocol: 'http',
    busy: 50,
    idle: 20,
    silent: 10,
    contenders: ['kit', ...HTTP_PEERS],
  },
];
