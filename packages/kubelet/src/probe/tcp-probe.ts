import { connect } from 'node:net';
import { CANCELLED, connectionFailure, type ProbeReport } from './probe-report.ts';

/**
 * Opens a connection and closes it: success when it opens within the time.
 *
 * @param signal - Calls it off: the socket is closed at once.
 * @see kubernetes/kubernetes v1.37.2 pkg/probe/tcp/tcp.go (DoTCPProbe)
 */
export function runTcpProbe(
  target: { readonly host: string; readonly port: number },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeReport> {
  if (signal.aborted) return Promise.resolve(CANCELLED);
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const finish = (report: ProbeReport): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', callOff);
      socket.destroy();
      resolve(report);
    };
    const callOff = (): void => {
      finish(CANCELLED);
    };
    signal.addEventListener('abort', callOff);
    const timer = setTimeout(() => {
      const message = `dial tcp ${target.host}:${target.port}: i/o timeout`;
      finish({ outcome: 'failure', message });
    }, timeoutMs);
    socket.once('connect', () => {
      finish({ outcome: 'success', message: '' });
    });
    socket.once('error', (error) => {
      finish(connectionFailure(error, { ...target, doing: '' }));
    });
  });
}
