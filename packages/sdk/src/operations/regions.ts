import { API_REGIONS, findApiRegion, type ApiRegion, type Region } from "./api-regions.ts";

/** One region of the service (docs/amazon-pay/operations.md). */
export interface RegionRow extends ApiRegion {
  /** The front-end script. Japan's host is `static-fe`, for "far east". */
  readonly scriptUrl: string;
  /** Currencies that an account of the region may have as its ledger currency. */
  readonly currencies: readonly ("USD" | "EUR" | "GBP" | "JPY")[];
  /** Languages of the button and of the hosted pages. */
  readonly languages: readonly string[];
}

/** What only pages need of a region; by itself, so that a bundle that makes calls does without it. */
const PAGES: Readonly<Record<Region, Omit<RegionRow, keyof ApiRegion>>> = {
  na: {
    scriptUrl: "https://static-na.payments-amazon.com/checkout.js",
    currencies: ["USD"],
    languages: ["en_US"],
  },
  eu: {
    scriptUrl: "https://static-eu.payments-amazon.com/checkout.js",
    currencies: ["EUR", "GBP"],
    languages: ["en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"],
  },
  jp: {
    scriptUrl: "https://static-fe.payments-amazon.com/checkout.js",
    currencies: ["JPY"],
    languages: ["ja_JP"],
  },
};

const rowOf = (api: ApiRegion): RegionRow => ({ ...api, ...PAGES[api.region] });

/** All regions. */
export const REGIONS: readonly RegionRow[] = /* @__PURE__ */ API_REGIONS.map(rowOf);

/** The region of a name such as `us`, `DE` or `jp`; undefined for what is none. */
export function findRegion(name: string): RegionRow | undefined {
  const api = findApiRegion(name);
  return api && rowOf(api);
}

/**
 * The environment that a public key id carries in its prefix, or undefined for a plain id. A prefixed key takes
 * the environment segment out of the path (docs/amazon-pay/operations.md).
 *
 * @example environmentOfKey("SANDBOX-AE123") // "sandbox"
 */
export function environmentOfKey(publicKeyId: string): "live" | "sandbox" | undefined {
  return /^(live|sandbox)/i.exec(publicKeyId)?.[1]?.toLowerCase() as "live" | "sandbox" | undefined;
}
