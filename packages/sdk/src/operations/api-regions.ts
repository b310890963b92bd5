/** Region of a merchant account, in the service's own spelling. */
export type Region = "na" | "eu" | "jp";

/** What an application may write for a region, in any case. */
export type RegionName = Region | "us" | "de" | "uk";

/** What a caller of the API needs of a region (docs/amazon-pay/operations.md). */
export interface ApiRegion {
  /** The service's own code, and the value of `x-amz-pay-region`. */
  readonly region: Region;
  /** Other names for it. */
  readonly aliases: readonly string[];
  /** Host of API v2, without scheme. */
  readonly apiHost: string;
}

/** All regions. */
export const API_REGIONS: readonly ApiRegion[] = [
  { region: "na", aliases: ["us"], apiHost: "pay-api.amazon.com" },
  { region: "eu", aliases: ["de", "uk"], apiHost: "pay-api.amazon.eu" },
  { region: "jp", aliases: [], apiHost: "pay-api.amazon.jp" },
];

/** The region of a name such as `us`, `DE` or `jp`; undefined for what is none. */
export function findApiRegion(name: string): ApiRegion | undefined {
  const wanted = name.trim().toLowerCase();
  return API_REGIONS.find((row) => row.region === wanted || row.aliases.includes(wanted));
}
