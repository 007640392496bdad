import { BlockList, isIP } from 'node:net';

/** Of this machine itself. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Of no pod: unspecified, link-local (where clouds serve credentials), EC2's metadata by IPv6, multicast, broadcast. */
const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('224.0.0.0', 3);
NEVER.addAddress('::', 'ipv6');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('fd00:ec2::', 32, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');

/**
 * Whether a pod's `status.podIP` is an address that a pod can have: whoever may write a pod's status must not lead the
 * scraper to a cloud's metadata or to its own machine.
 *
 * @param includeLoopback - Whether addresses of this machine itself are allowed, too.
 */
export function isPodAddress(ip: string, includeLoopback: boolean): boolean {
  const family = isIP(ip);
  if (family === 0) return false;
  // An IPv4 address within an IPv6 one is checked as what it is: a block list looks into it.
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (NEVER.check(ip, type)) return false;
  return includeLoopback || !LOOPBACK.check(ip, type);
}
