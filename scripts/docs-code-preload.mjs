// Loaded before each program of the docs: whatever port it names, it gets a free one.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'number' || /^\d+$/.test(first)) return listen.call(this, 0, ...rest);
  if (typeof first === 'object' && 'port' in first) {
    return listen.call(this, { ...first, port: 0 }, ...rest);
  }
  return listen.call(this, first, ...rest);
};

/** For comments behind a block: asks its server, which may not listen yet, and gives the text of the answer. */
globalThis.ask = async (server, path) => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`);
  return response.text();
};
