import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** A socket that listens on this machine. */
export interface Listener {
  /** `127.0.0.1`, `0.0.0.0`, `::1`, `::`, … */
  readonly address: string;
  readonly port: number;
  readonly inode: number;
}

const LISTEN = '0A';
const CHUNK_BYTES = 65_536;
const MAX_BYTES = 4 * 1024 * 1024;

/** All listening TCP sockets; empty where there is no `/proc`. */
export function readListeners(): Listener[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    parseListeners(readListeningHead(path)),
  );
}

/**
 * Reads the rows of `/proc/net/tcp` or `tcp6` that listen.
 *
 * @see man 5 proc_pid_net
 */
export function parseListeners(text: string): Listener[] {
  return text
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN && fields.length > 9)
    .map((fields) => {
      const [address = '', port = ''] = (fields[1] ?? '').split(':');
      return {
        address: formatAddress(address),
        port: Number.parseInt(port, 16),
        inode: Number(fields[9]),
      };
    });
}

/** Which of these processes hold one of these sockets; only processes of the same user can be seen. */
export function holdersOf(inodes: ReadonlySet<number>, pids: readonly number[]): number[] {
  const names = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  return pids.filter((pid) => {
    try {
      const folder = `/proc/${pid}/fd`;
      return readdirSync(folder).some((fd) => names.has(linkOf(`${folder}/${fd}`)));
    } catch {
      return false;
    }
  });
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** The table up to its first row that does not listen: those come last and may be many. */
function readListeningHead(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let text = '';
    while (text.length < MAX_BYTES) {
      const bytes = readSync(file, chunk, 0, CHUNK_BYTES, null);
      text += chunk.toString('latin1', 0, bytes);
      const lastWholeRow = text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1) ?? '';
      if (bytes === 0 || !lastWholeRow.includes(` ${LISTEN} `)) break;
    }
    return text;
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Addresses stand in 32-bit words of the machine's byte order (all of Node's Linux machines: little). */
function formatAddress(hex: string): string {
  const words = (hex.match(/.{8}/g) ?? []).map((word) => word.match(/../g)?.reverse() ?? []);
  const bytes = words.flat().map((byte) => Number.parseInt(byte, 16));
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return `::${(bytes[15] ?? 0).toString(16)}`;
  const mapped = bytes.slice(0, 12).join() === '0,0,0,0,0,0,0,0,0,0,255,255';
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}
