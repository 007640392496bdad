/**
 * Resolves when everything written to a stream so far has been taken by its reader, or never will be: the
 * reader is gone. A reader that just does not read is waited for; the next signal ends the process.
 */
export function flush(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}
