import { BlockList, isIP, type LookupFunction } from "node:net";
import { lookup } from "node:dns";
import { HookError } from "./errors.ts";

/** Networks that are not the internet: this machine, private and shared networks, link-local with the clouds' metadata service. */
const NETWORKS: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 127, "ipv6"],
  // Addresses that carry an IPv4 address, which a gateway on the way may unpack.
  ["::", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 9, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

const PRIVATE = new BlockList();
for (const [network, prefix, family] of NETWORKS) PRIVATE.addSubnet(network, prefix, family);

/** Whether an IP address is none of the internet. A mapped one (`::ffff:10.0.0.1`) is what it maps. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The host of a URL as an IP address, where it is one; `undefined` for a name. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? undefined : bare;
}

/** A hook's address is none of the internet, and nobody allowed that. */
export function privateAddressError(name: string, host: string, address: string): HookError {
  const where = host === address ? address : `${host} (${address})`;
  return new HookError(
    "hook.private-address",
    `hook ${name} has the address ${where}, which is none of the internet: set "allowPrivateAddress": true in the hook if it is yours`,
  );
}

/**
 * Looks a name up for a connection, and refuses it when any of its addresses is private: the address that is checked is the one
 * that is connected to, so a name cannot change its mind in between.
 */
export function publicLookup(name: string): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = error === null ? addresses.find(({ address }) => isPrivateAddress(address)) : undefined;
      const failure = refused === undefined ? error : privateAddressError(name, hostname, refused.address);
      if (failure !== null) return callback(failure as NodeJS.ErrnoException, "", 0);
      const [first] = addresses;
      if (options.all === true) return callback(null, addresses);
      return callback(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}
