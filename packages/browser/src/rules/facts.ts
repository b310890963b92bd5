// Made by tools/generate/run.mjs from packages/sdk/src/operations/button-facts.ts; change that.

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
export const REGIONS: readonly PageRegion[] = [
  {
    region: "na",
    aliases: ["us"],
    scriptUrl: "https://static-na.payments-amazon.com/checkout.js",
    currencies: ["USD"],
    languages: ["en_US"],
  },
  {
    region: "eu",
    aliases: ["de", "uk"],
    scriptUrl: "https://static-eu.payments-amazon.com/checkout.js",
    currencies: ["EUR", "GBP"],
    languages: ["en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"],
  },
  {
    region: "jp",
    aliases: [],
    scriptUrl: "https://static-fe.payments-amazon.com/checkout.js",
    currencies: ["JPY"],
    languages: ["ja_JP"],
  },
];

/** Ledger currencies of all regions. */
export const LEDGER_CURRENCIES = ["USD", "EUR", "GBP", "JPY"] as const;

/** Languages of all regions. */
export const LANGUAGES = ["en_US", "en_GB", "de_DE", "fr_FR", "it_IT", "es_ES", "ja_JP"] as const;

/** Where a button may say it stands. */
export const PLACEMENTS = ["Home", "Product", "Cart", "Checkout", "Other"] as const;

/** What a button may be for. */
export const PRODUCT_TYPES = ["PayAndShip", "PayOnly", "PayAndShipMultiAddress", "SignIn", "Donation"] as const;

/** Colours of a button. */
export const BUTTON_COLORS = ["Gold", "LightGray", "DarkGray"] as const;
