import { nodeTransport, type Transport } from "@amazon-pay-kit/sdk";

const ways = new Map<string | undefined, Transport>();

/**
 * The way out for all accounts that trust the same authority, for as long as the process lives.
 *
 * Thousands of accounts call the same few hosts: with a way out each they would hold the machine's certificates in memory
 * thousands of times (0.7 MB an account), and shake hands anew for each of them.
 */
export function connectionsFor(authority: string | undefined): Transport {
  const known = ways.get(authority);
  if (known !== undefined) return known;
  const made = nodeTransport({ ca: authority });
  ways.set(authority, made);
  return made;
}
