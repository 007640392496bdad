'use strict';
/*
 * Loaded into each Node process of a pod by NODE_OPTIONS=--require. Plain CommonJS for Node 18 and
 * later, so that it runs in whatever Node the service brings.
 *
 * 1. A listen on every address (no host, 0.0.0.0, ::) becomes a listen on the pod's own address, so
 *    that each pod can open the manifest's port. `cluster` workers included.
 * 2. A connect to localhost:PORT goes to the pod's address when this pod listens on PORT there, unless
 *    that is where a Service is found by its variables (SHOP_SERVICE_HOST, SHOP_SERVICE_PORT).
 *
 * Decided once at bind and at connect; nothing is touched on the way of a request. Without
 * BELLOWS_POD_IP, or when loaded a second time, it does nothing.
 */
const podAddress = process.env.BELLOWS_POD_IP;
const loadedKey = Symbol.for('bellows.bindToPod');
if (podAddress && !globalThis[loadedKey]) {
  Object.defineProperty(globalThis, loadedKey, { value: true });
  bindToPod(podAddress, parsePortMap(process.env.BELLOWS_PORT_MAP));
}

/** `3000=51234,…`: manifest port to real port, where a pod cannot have an address of its own. */
function parsePortMap(text) {
  const pairs = (text || '').split(',').filter((pair) => pair.includes('='));
  return new Map(pairs.map((pair) => pair.split('=').map(Number)));
}

function bindToPod(address, portMap) {
  const net = require('node:net');
  const ownPorts = new Set();
  const wildcards = new Set([null, undefined, '', '0.0.0.0', '::', '::0', '0:0:0:0:0:0:0:0']);
  const loopbacks = new Set([undefined, null, '', 'localhost', '127.0.0.1', '::1']);
  const isPortListen = (port, fd) => port >= 0 && !(fd >= 0);

  /*
   * Every listen in a process that binds for itself ends in `_listen2` (Node keeps the name "to avoid
   * breaking code that wraps this function"). Changing the address here rather than in `listen` keeps
   * `server.address()` right in the same tick.
   */
  const setupListenHandle = net.Server.prototype._listen2;
  const IPV6_ONLY = 1;
  net.Server.prototype._listen2 = function _listen2(host, port, addressType, backlog, fd, flags) {
    if (this._handle || !isPortListen(port, fd) || !wildcards.has(host)) {
      return setupListenHandle.call(this, host, port, addressType, backlog, fd, flags);
    }
    this.once('listening', () => {
      const bound = this.address();
      if (bound && typeof bound === 'object') ownPorts.add(bound.port);
    });
    const realPort = portMap.get(port) || port;
    return setupListenHandle.call(this, address, realPort, 4, backlog, fd, flags & ~IPV6_ONLY);
  };

  // A cluster worker asks its primary to bind; the question must already name the pod's address.
  // Only a process with a channel to its parent can be one: others need not load the module.
  const cluster = process.channel ? require('node:cluster') : {};
  if (cluster.isWorker && typeof cluster._getServer === 'function') {
    const getServer = cluster._getServer;
    cluster._getServer = function _getServer(server, query, callback) {
      const isTcp =
        query && (query.addressType === 4 || query.addressType === 6 || !query.addressType);
      if (!isTcp || !isPortListen(query.port, query.fd) || !wildcards.has(query.address)) {
        return getServer.call(this, server, query, callback);
      }
      ownPorts.add(query.port);
      const moved = {
        ...query,
        address,
        addressType: 4,
        port: portMap.get(query.port) || query.port,
      };
      if (typeof moved.flags === 'number') moved.flags &= ~IPV6_ONLY;
      return getServer.call(this, server, moved, callback);
    };
  }

  const podListensOn = createListenerLookup(address, ownPorts);
  const services = serviceAddresses(process.env);
  /** The options of a connect that must go to the pod, or undefined. */
  const redirected = (host, port) => {
    const number = Number(port);
    if (!loopbacks.has(host) || !(number > 0) || services.has(`${host}:${port}`)) return undefined;
    if (portMap.has(number)) return { host: address, port: portMap.get(number) };
    return podListensOn(number) ? { host: address, port: number } : undefined;
  };

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const first = args[0];
    // net.connect hands over its arguments as one array: [options, callback].
    const options = Array.isArray(first) ? first[0] : first;
    if (options !== null && typeof options === 'object') {
      const target = options.path ? undefined : redirected(options.host, options.port);
      if (target) {
        const moved = { ...options, ...target };
        if (Array.isArray(first)) first[0] = moved;
        else args[0] = moved;
      }
    } else if (typeof options === 'number' || typeof options === 'string') {
      const hasHost = typeof args[1] === 'string';
      const target = redirected(hasHost ? args[1] : undefined, options);
      if (target) args.splice(0, hasHost ? 2 : 1, target);
    }
    return connect.apply(this, args);
  };
}

/** `host:port` of every Service that the environment names; they share 127.0.0.1 with nobody else. */
function serviceAddresses(environment) {
  const addresses = new Set();
  for (const [name, port] of Object.entries(environment)) {
    const service = /^(\w+)_SERVICE_PORT(_\w+)?$/.exec(name);
    if (service) addresses.add(`${environment[`${service[1]}_SERVICE_HOST`]}:${port}`);
  }
  return addresses;
}

/**
 * Whether this pod listens on a port at its own address: by this process, or by another one of the
 * pod as the system's table says. The table's answer is kept for a second.
 */
function createListenerLookup(address, ownPorts) {
  const seen = new Map();
  return (port) => {
    if (ownPorts.has(port)) return true;
    const nowMs = Date.now();
    const known = seen.get(port);
    if (known && nowMs - known.atMs < 1000) return known.listens;
    if (seen.size > 1000) seen.clear();
    const listens = process.platform === 'linux' && isListening(address, port);
    seen.set(port, { atMs: nowMs, listens });
    return listens;
  };
}

function isListening(address, port) {
  const fs = require('node:fs');
  const hex = (number, width) => number.toString(16).toUpperCase().padStart(width, '0');
  const bytes = address.split('.').map(Number).reverse();
  const local = `${bytes.map((byte) => hex(byte, 2)).join('')}:${hex(port, 4)} 00000000:0000 0A`;
  let file;
  try {
    // Listening sockets come first in the table: its head is enough, however many connections exist.
    file = fs.openSync('/proc/net/tcp', 'r');
    const head = Buffer.alloc(65_536);
    let length = 0;
    for (;;) {
      const read = fs.readSync(file, head, length, head.length - length, null);
      length += read;
      if (read === 0 || length === head.length) break;
    }
    return head.toString('latin1', 0, length).includes(local);
  } catch {
    return false;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
