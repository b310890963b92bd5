import { alphanumeric, digits, hex, uuid, type Random } from "@amazon-pay-kit/sdk/random";
import type { Merchant, MerchantKey } from "../engine/objects/index.ts";

/** What may be chosen about a merchant; everything else is made up. */
export interface MerchantSpec {
  readonly region: "na" | "eu" | "jp";
  /** Ledger currency. Default: the region's first. */
  readonly currency?: Merchant["currency"] | undefined;
  readonly merchantId?: string | undefined;
  readonly storeId?: string | undefined;
  readonly storeName?: string | undefined;
  /** Where notifications go. Default: nowhere. */
  readonly notificationUrl?: string | null | undefined;
}

/** The ledger currency of a region where none is chosen. */
const REGION_CURRENCY = { na: "USD", eu: "EUR", jp: "JPY" } as const;

/** The merchants that every sandbox starts with. */
export const DEFAULT_MERCHANTS: readonly MerchantSpec[] = [
  { region: "na", storeName: "Sandbox Store US" },
  { region: "eu", storeName: "Sandbox Store EU" },
  { region: "jp", storeName: "Sandbox Store JP" },
];

/** A merchant without keys. */
export function makeMerchant(spec: MerchantSpec, random: Random, now: number): Merchant {
  const merchantId = spec.merchantId ?? `A${alphanumeric(random, 13)}`;
  return {
    merchantId,
    storeId: spec.storeId ?? `amzn1.application-oa2-client.${hex(random, 16)}`,
    region: spec.region,
    currency: spec.currency ?? REGION_CURRENCY[spec.region],
    storeName: spec.storeName ?? `Sandbox Store ${digits(random, 4)}`,
    keys: [],
    mws: {
      sellerId: merchantId,
      accessKeyId: `AKIA${alphanumeric(random, 16)}`,
      secretKey: hex(random, 20),
      authToken: `amzn.mws.${uuid(random)}`,
    },
    notificationUrl: spec.notificationUrl ?? null,
    status: "active",
    createdAt: now,
  };
}

/** Ids of the two keys of a merchant: one for the sandbox alone, one without environment. */
export function makeKeyIds(random: Random): readonly [string, string] {
  return [`SANDBOX-A${alphanumeric(random, 23)}`, `A${alphanumeric(random, 23)}`];
}

/** A key as the state keeps it. */
export const merchantKey = (publicKeyId: string, publicKeyPem: string): MerchantKey => ({ publicKeyId, publicKeyPem });
