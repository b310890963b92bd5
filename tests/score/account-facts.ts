import { london, pacific } from "./calendar.ts";

/** How an account of the scenario is. */
export interface AccountFacts {
  readonly id: string;
  readonly region: "na" | "eu" | "jp";
  readonly prefix: string;
  readonly currency: string;
  readonly shop: "shopify" | "woocommerce" | "magento" | "kit";
  readonly statement: "us-csv" | "camt.053" | "mt940" | "jp-csv";
  /** Currency of the bank account. */
  readonly bankCurrency: string;
  /** Hours from UTC in its files. */
  readonly offset: (at: number) => number;
  /** Ten-thousandths and minor units, by the day from which they hold. */
  readonly fees: readonly { readonly from: number; readonly rate: bigint; readonly fixed: bigint }[];
  /** For cards of another country. */
  readonly crossBorder: bigint;
  readonly dispute: bigint;
  /** Held back at the end of every week. */
  readonly reserve: bigint;
  /** A negative balance is taken from the card at once, or carried on. */
  readonly takesDebt: boolean;
  /** Amounts of captures, in minor units. */
  readonly least: number;
  readonly most: number;
  /** Whether its own records tell of refunds, and of the ids of Amazon Pay. */
  readonly knowsRefunds: boolean;
  readonly knowsIds: boolean;
  readonly depositText: string;
}

/** Where the six months begin: a Monday. */
export const BEGIN = Date.UTC(2026, 0, 5, 8, 0, 44);
export const WEEKS = 26;
/** When the books are looked at. */
export const NOW = Date.UTC(2026, 6, 12, 12);
/** The last day of the bank statements. */
export const STATEMENT_END = Date.UTC(2026, 6, 11);

const always = (rate: bigint, fixed: bigint): AccountFacts["fees"] => [{ from: 0, rate, fixed }];
const west = {
  region: "na",
  prefix: "P01",
  currency: "USD",
  offset: pacific,
  fees: always(290n, 30n),
  crossBorder: 390n,
  dispute: 2000n,
  least: 900,
  most: 24_000,
  knowsRefunds: true,
} as const;

export const ACCOUNTS: readonly AccountFacts[] = [
  {
    ...west,
    id: "us",
    shop: "shopify",
    statement: "us-csv",
    bankCurrency: "USD",
    reserve: 0n,
    takesDebt: false,
    knowsIds: false,
    depositText: "AMAZON PAY DES:PAYOUT ID:{number} INDN:SHOP",
  },
  {
    id: "eu",
    region: "eu",
    prefix: "P02",
    currency: "EUR",
    shop: "woocommerce",
    statement: "camt.053",
    bankCurrency: "EUR",
    offset: () => 0,
    fees: always(190n, 35n),
    crossBorder: 290n,
    dispute: 1400n,
    reserve: 0n,
    takesDebt: true,
    least: 500,
    most: 18_000,
    knowsRefunds: false,
    knowsIds: true,
    depositText: "AMAZON PAYMENTS EUROPE SCA GUTSCHRIFT {number}",
  },
  {
    id: "uk",
    region: "eu",
    prefix: "P02",
    currency: "GBP",
    shop: "magento",
    statement: "mt940",
    bankCurrency: "GBP",
    offset: london,
    fees: [
      { from: 0, rate: 270n, fixed: 20n },
      { from: Date.UTC(2026, 3, 1), rate: 250n, fixed: 20n },
    ],
    crossBorder: 370n,
    dispute: 1400n,
    reserve: 6500n,
    takesDebt: false,
    least: 700,
    most: 15_000,
    knowsRefunds: false,
    knowsIds: false,
    depositText: "AMAZON PAYMENTS UK {number}",
  },
  {
    id: "jp",
    region: "jp",
    prefix: "P03",
    currency: "JPY",
    shop: "kit",
    statement: "jp-csv",
    bankCurrency: "JPY",
    offset: () => 9,
    fees: always(390n, 0n),
    crossBorder: 490n,
    dispute: 2000n,
    reserve: 0n,
    takesDebt: false,
    least: 900,
    most: 38_000,
    knowsRefunds: true,
    knowsIds: true,
    depositText: "振込 アマゾンペイメント",
  },
  {
    ...west,
    id: "abroad",
    shop: "shopify",
    statement: "camt.053",
    bankCurrency: "EUR",
    reserve: 0n,
    takesDebt: false,
    knowsIds: false,
    depositText: "AMAZON PAYMENTS {number}",
  },
];
