import { isIsoCurrency } from "./currency.ts";

const DOLLARS =
  "USD CAD AUD NZD HKD SGD MXN TWD ARS BBD BMD BND BSD BZD CLP COP FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD";

/** Signs and usual abbreviations of currencies, and what each may stand for; compared in lower case, without dots at the end. */
const SIGNS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "€": "EUR",
    euro: "EUR",
    "£": "GBP GIP FKP SHP EGP LBP SSP SYP SDG",
    $: DOLLARS,
    "¥": "JPY CNY",
    円: "JPY",
    元: "CNY",
    us$: "USD",
    u$s: "USD",
    a$: "AUD",
    au$: "AUD",
    c$: "CAD",
    ca$: "CAD",
    cdn$: "CAD",
    hk$: "HKD",
    nz$: "NZD",
    s$: "SGD",
    sg$: "SGD",
    nt$: "TWD",
    mx$: "MXN",
    r$: "BRL",
    "jp¥": "JPY",
    "cn¥": "CNY",
    fr: "CHF",
    sfr: "CHF",
    kr: "SEK NOK DKK ISK",
    r: "ZAR",
    "₹": "INR",
    rs: "INR PKR NPR LKR MUR SCR",
    "₩": "KRW",
    zł: "PLN",
    kč: "CZK",
    ft: "HUF",
    lei: "RON MDL",
    лв: "BGN",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
  }).map(([sign, codes]) => [sign, codes.split(" ")]),
);

/** The currencies that a word or sign beside a number may stand for; `null` when it is none. */
export function beside(word: string): readonly string[] | null {
  const code = word.toUpperCase();
  if (isIsoCurrency(code)) return [code];
  return SIGNS.get(word.toLowerCase().replace(/\.$/, "")) ?? null;
}
