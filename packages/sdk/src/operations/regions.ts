/** Region of a merchant account, in the service's own spelling. */
export type Region = "na" | "eu" | "jp";

/** What an application may write for a region, in any case. */
export type RegionName = Region | "us" | "de" | "uk";

/** One region of the service (reference 1.1, 9.1). */
export interface RegionRow {
  /** The service's own code, and the value of `x-amz-pay-region`. */
  readonly region: Region;
  /** Other names for it. */
  readonly aliases: readonly string[];
  /** Host of API v2, without scheme. */
  readonly apiHost: string;
  /** The front-end script. Japan's host is `static-fe`, for "far east". */
  readonly scriptUrl: string;
  /** Currencies that an account of the region may have as its ledger currency. */
  readonly currencies: readonly string[];
  /** Languages of the button and of the hosted pages. */
  readonly languages: readonly string[];
}

/** All regions. */
export const REGIONS: readonly RegionRow[] = [
  {
    region: "na",
    aliases: ["us"],
    apiHost: "pay-api.amazon.com",
    scriptUrl: "https://static-na.payments-amazon.com/checkout.js",
    currencies: ["USD"],
    languages: ["en_US"],
  },
  {
    region: "eu",
    aliases: ["de", "uk"],
    apiHost: "pay-api.amazon.eu",
    scriptUrl: "https://static-eu.payments-amazon.com/checkout.js",
    currencies: ["EUR", "GBP"],
    languages: ["en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"],
  },
  {
    region: "jp",
    aliases: [],
    apiHost: "pay-api.amazon.jp",
    scriptUrl: "https://static-fe.payments-amazon.com/checkout.js",
    currencies: ["JPY"],
    languages: ["ja_JP"],
  },
];

/** The region of a name such as `us`, `DE` or `jp`; undefined for what is none. */
export function findRegion(name: string): RegionRow | undefined {
  const wanted = name.trim().toLowerCase();
  return REGIONS.find((row) => row.region === wanted || row.aliases.includes(wanted));
}

/**
 * The environment that a public key id carries in its prefix, or undefined for a plain id. A prefixed key takes
 * the environment segment out of the path (reference 1.2).
 *
 * @example environmentOfKey("SANDBOX-AE123") // "sandbox"
 */
export function environmentOfKey(publicKeyId: string): "live" | "sandbox" | undefined {
  const upper = publicKeyId.toUpperCase();
  if (upper.startsWith("LIVE")) return "live";
  if (upper.startsWith("SANDBOX")) return "sandbox";
  return undefined;
}
