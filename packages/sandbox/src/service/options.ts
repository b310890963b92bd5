import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { MerchantSpec } from "../merchants/make-merchant.ts";
import type { Settings } from "../settings.ts";

/** Where the sandbox tells what went wrong inside it; never about what callers did wrong. */
export interface SandboxLogger {
  warn(message: string): void;
  error(message: string): void;
}

/** Options of a sandbox. All are optional. */
export interface SandboxOptions extends Partial<Settings> {
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock;
  /**
   * The same seed gives the same ids and the same history. In memory the merchants then have the key pairs that come with this
   * package, which saves about a second per process; anybody knows them. Default: chosen by chance, with new key pairs.
   */
  readonly seed?: number | string;
  /**
   * Folder for durable state, keys and certificates. Every answered call outlives the death of the process, `kill -9` included, but
   * not a power cut; see `fsync`. Default: everything is in memory.
   */
  readonly dataDir?: string;
  /** With `dataDir`: every answered call outlives a power cut too, at the price of a disk write each. Default false. */
  readonly fsync?: boolean | undefined;
  /** Folder for private keys and the certificate authority where the state is in memory. Default: in memory too. */
  readonly keyDir?: string;
  /** Merchants to start with. Default: one each in na (USD), eu (EUR) and jp (JPY). */
  readonly merchants?: readonly MerchantSpec[];
  /** Let the control plane answer calls from other machines, as a container needs it. Default false. */
  readonly remoteControl?: boolean;
  /**
   * Host names, without a port, under which the control plane may be called too: that of the container in its network, say.
   * Addresses, `localhost`, `sandbox` and `host.docker.internal` need not be named. Default: none.
   */
  readonly allowedHosts?: readonly string[];
  /** Default: silent. */
  readonly logger?: SandboxLogger;
}
