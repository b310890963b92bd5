import { REGIONS as ROWS } from "./regions.ts";

/** What a page needs of a region: which script it loads, and what goes with an account there. */
export interface PageRegion {
  /** `na`, `eu` or `jp`. */
  readonly region: string;
  /** Other names for it. */
  readonly aliases: readonly string[];
  /** Address of Amazon's script. */
  readonly scriptUrl: string;
  /** Ledger currencies of its accounts. */
  readonly currencies: readonly string[];
  /** Languages of its buttons. */
  readonly languages: readonly string[];
}

/** All regions, as pages need them. */
export const REGIONS: readonly PageRegion[] = /* @__PURE__ */ ROWS.map(
  ({ region, aliases, scriptUrl, currencies, languages }) => ({ region, aliases, scriptUrl, currencies, languages }),
);

/** Where a button may say it stands. */
export const PLACEMENTS = ["Home", "Product", "Cart", "Checkout", "Other"] as const;

/** What a button may be for. */
export const PRODUCT_TYPES = ["PayAndShip", "PayOnly", "PayAndShipMultiAddress", "SignIn", "Donation"] as const;

/** Colours of a button. */
export const BUTTON_COLORS = ["Gold", "LightGray", "DarkGray"] as const;
