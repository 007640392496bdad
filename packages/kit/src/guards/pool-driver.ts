/** What a pool holds right now. */
export interface PoolState {
  readonly inUse: number;
  readonly idle: number;
  /** Those that wait within the pool itself, past the guard; undefined when it does not tell. */
  readonly waiting: number | undefined;
  /** Most connections it opens; Infinity when it has no bound. */
  readonly max: number;
}

/** Told of connections as they are taken and given back. */
export interface PoolFollower {
  readonly onTaken: (connection: object) => void;
  readonly onGivenBack: (connection: object) => void;
  /** An idle connection has failed: without a listener that would end the process. */
  readonly onError: (error: unknown) => void;
}

/** What the guard asks of anything that holds connections. */
export interface Watched {
  state(): PoolState;
  /** A sentence for each setting without a bound. */
  findings(): readonly string[];
  /** Follows connections as they are taken and given back, where the pool tells. */
  follow?(follower: PoolFollower): void;
}

/** How the guard talks to one kind of pool. None of the libraries is needed: these are their shapes. */
export interface PoolDriver<Connection> extends Watched {
  acquire(): Promise<Connection>;
  /** @param isBroken - Close it: what runs on it is not known. */
  release(connection: Connection, isBroken: boolean): void;
  /**
   * Asks the server how many connections it takes from services like this one.
   * @throws anything, as rejection, when it cannot be asked.
   */
  askServerLimit(connection: Connection): Promise<ServerLimit>;
}

/** A server's bound on connections. */
export interface ServerLimit {
  readonly connections: number;
  /** Where it stands, such as `max_connections - superuser_reserved_connections`. */
  readonly setting: string;
}
