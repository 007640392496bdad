const own = new WeakSet();

/** Marks a server as one of the kit's own, which `register` leaves alone. */
export function markOwnServer(server: object): void {
  own.add(server);
}

/** Whether it is one of the kit's own servers. */
export function isOwnServer(server: object): boolean {
  return own.has(server);
}
