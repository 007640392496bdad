import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';

const REFUSED_STREAM = 7;

/** Clients with one kept connection each, which try nothing twice. */
export function startClients(protocol, count, port) {
  const account = { answered: 0, refused: 0, lost: [] };
  let isStopping = false;
  const run = async () => {
    const { ask, end } = protocol.startsWith('h2')
      ? http2Asker(protocol, port)
      : httpAsker(protocol, port);
    while (!isStopping) {
      const problem = await ask();
      if (problem === undefined) account.answered += 1;
      else if (problem === 'refused') account.refused += 1;
      else account.lost.push(problem);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    }
    end();
  };
  const done = Array.from({ length: count }, run);
  return {
    account,
    stop: () => {
      isStopping = true;
      return Promise.all(done);
    },
  };
}

function httpAsker(protocol, port) {
  const { Agent, request } = protocol === 'https' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const createConnection = agent.createConnection;
  agent.createConnection = (options, callback) =>
    createConnection.call(agent, { ...options, host: '127.0.0.1', port: port() }, callback);
  const ask = () =>
    new Promise((resolve) => {
      const message = request({ host: 'service', agent, method: 'POST', timeout: 20_000 });
      message.on('error', ({ code }) =>
        resolve(`${code} on a ${message.reusedSocket ? 'kept' : 'new'} connection`),
      );
      message.on('timeout', () => message.destroy(new Error('no answer')));
      message.on('response', (response) => {
        response.resume();
        response.on('error', () => undefined);
        response.on('close', () =>
          resolve(
            response.complete && response.statusCode === 200
              ? undefined
              : `status ${response.statusCode}`,
          ),
        );
      });
      message.end('some body');
    });
  return { ask, end: () => agent.destroy() };
}

function http2Asker(protocol, port) {
  let session;
  const ask = () =>
    new Promise((resolve) => {
      if (session === undefined || session.closed || session.destroyed) {
        const scheme = protocol === 'h2' ? 'https' : 'http';
        session = http2.connect(`${scheme}://127.0.0.1:${port()}`, { rejectUnauthorized: false });
        session.on('error', () => undefined);
      }
      const stream = session.request({ ':method': 'POST' });
      let body = '';
      stream.on('data', (chunk) => (body += chunk));
      stream.on('error', () => undefined);
      stream.on('close', () => {
        if (stream.rstCode === REFUSED_STREAM) resolve('refused');
        else resolve(body === 'answered' ? undefined : `a stream with code ${stream.rstCode}`);
      });
      stream.end('some body');
    });
  return { ask, end: () => session?.close() };
}
