/** Codes with two decimal digits: nearly all. */
const TWO =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE " +
  "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR " +
  "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB " +
  "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY " +
  "TTD TWD TZS UAH USD UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG " +
  // Units of account that a bank may keep books in.
  "BOV CHE CHW COU MXV USN " +
  // Withdrawn since 2010: statements of those years have them.
  "ANG BGN CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL";

const ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF BYR";
const THREE = "BHD IQD JOD KWD LYD OMR TND";
const FOUR = "CLF UYW";

/**
 * Decimal digits of every ISO 4217 currency by its code.
 *
 * Written down rather than asked of `Intl`, which follows what is usual in shops: it gives IQD no decimals, where
 * ISO 4217, and so a bank's statement, has three. Codes of metals, of tests and of no currency have no minor unit and are left out.
 * Source: ISO 4217, list one, and list three for the withdrawn ones.
 */
export const ISO_DIGITS: ReadonlyMap<string, number> = new Map(
  [ZERO, null, TWO, THREE, FOUR].flatMap((codes, digits) =>
    codes === null ? [] : codes.split(" ").map((code): [string, number] => [code, digits]),
  ),
);
