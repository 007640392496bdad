import { request } from 'node:http';

/** A child's admin thread answers from memory; one that takes longer is not waited for. */
const TIMEOUT_MS = 1_000;

/** Asks the admin thread of a child at its socket. Rejects when there is no whole answer in a second. */
export function askMember(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString());
        else reject(new Error(`status ${String(response.statusCode)}`));
      });
    });
    const timer = setTimeout(() => {
      asked.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`));
    }, TIMEOUT_MS);
    asked.on('error', reject);
    asked.on('close', () => {
      clearTimeout(timer);
    });
    asked.end();
  });
}
