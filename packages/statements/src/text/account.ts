import { isIsoCurrency } from "@amazon-pay-kit/money";

/** An account number as it is compared: without blanks, hyphens and control characters, in capitals. */
export function plainAccount(text: string): string {
  return text.replaceAll(/[\s\p{Cc}-]/gu, "").toUpperCase();
}

/** Length of an IBAN by country. Source: the IBAN registry that SWIFT keeps for ISO 13616. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    "NO15 BE16 DK18 FI18 FO18 GL18 NL18 SD18 FK18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 MN20 CH21 HR21 LI21 LV21 " +
    "BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 IL23 IQ23 TL23 OM23 SO23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 " +
    "SE24 SK24 TN24 VG24 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HN28 " +
    "HU28 LB28 NI28 PL28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33 LY25"
  )
    .split(" ")
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/**
 * The account of a tag 25 of MT940, where Rabobank, ING and others write its currency behind the number:
 * `NL18RABO0123459876EUR` is the account `NL18RABO0123459876`.
 */
export function withoutCurrency(account: string): string {
  // Polish banks write a slash before the country: /PL07…
  const plain = plainAccount(account).replace(/^\/(?=[A-Z]{2}\d{2})/, "");
  const bare = plain.slice(0, -3);
  if (!isIsoCurrency(plain.slice(-3))) return plain;
  const length = /^[A-Z]{2}\d{2}/.test(plain) ? IBAN_LENGTHS.get(plain.slice(0, 2)) : undefined;
  if (length !== undefined) return bare.length === length ? bare : plain;
  return /\d$/.test(bare) ? bare : plain;
}

/** Letters count as two digits in the check of an IBAN: A is 10, Z is 35. */
function isIban(text: string): boolean {
  if (text.length !== IBAN_LENGTHS.get(text.slice(0, 2)) || !/^[A-Z]{2}\d{2}/.test(text)) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  let rest = 0;
  for (const digit of turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)))
    rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const LONGEST_IBAN = 34;

/** The IBANs that stand in a text, with or without blanks, by their length and check digits: `DE02 1203 … 51 / Girokonto`. */
export function ibansIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const { index } of text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\d{2}/g)) {
    const letters = [...text.slice(index, index + 2 * LONGEST_IBAN).matchAll(/[A-Z0-9]|([ \u00a0])|(.)/gsu)];
    let plain = "";
    for (const [letter, blank, other] of letters) {
      if (other !== undefined) break;
      if (blank === undefined) plain += letter;
      if (isIban(plain)) {
        found.push(plain);
        break;
      }
    }
  }
  return found;
}
