/** Which addresses a webhook may reach. */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

// Everything that is not public unicast, from https://www.iana.org/assignments/iana-ipv4-special-registry
const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; also where clouds keep their metadata
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast and reserved
];

// Public IPv6 is 2000::/3 (https://www.iana.org/assignments/ipv6-address-space): the rest is closed, and inside it what
// carries an IPv4 address (Teredo, 6to4) or is for documents.
const PRIVATE_V6: readonly (readonly [string, number])[] = [
  ['::', 3], // unspecified, loopback, IPv4-mapped, NAT64
  ['4000::', 2],
  ['8000::', 1], // unique local, link-local, multicast
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

// One list a family: a list reads IPv4 as mapped into IPv6, where all of it is closed.
const closedV4 = new BlockList();
const closedV6 = new BlockList();
for (const [network, prefix] of PRIVATE_V4) closedV4.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of PRIVATE_V6) closedV6.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address (not a name) is on the public internet. Anything that is not an address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closedV4.check(address, 'ipv4');
  return family === 6 && !closedV6.check(address, 'ipv6');
}

export class PrivateAddress extends Error {
  readonly code = 'private_address';

  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.name = 'PrivateAddress';
  }
}

/**
 * A `lookup` for sockets that fails with {@link PrivateAddress} where any address of the name is private. The socket
 * connects to what this answers and nothing else, so a name that changes between check and use gains nothing.
 */
export function publicLookup(resolveName: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    const done = (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[] = []) => {
      const [first] = addresses;
      if (error) return callback(error, '', 0);
      if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new PrivateAddress(hostname), '', 0);
      if (options.all) return callback(null, [...addresses]);
      return callback(null, first.address, first.family);
    };
    resolveName(hostname, { ...options, all: true }, done);
  };
}
