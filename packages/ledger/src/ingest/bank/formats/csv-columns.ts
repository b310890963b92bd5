import { BankError } from "../errors.ts";

/** A column name as it is compared: letters and digits of any script, in one width, without case, blanks and signs. */
function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** Members of a statement line that a column can fill. */
export const BANK_MEMBERS = [
  "bookedAt",
  "amount",
  "credit",
  "debit",
  "currency",
  "reference",
  "text",
  "bankAccount",
] as const;

/** One of {@link BANK_MEMBERS}. */
export type BankMember = (typeof BANK_MEMBERS)[number];

/** Names that the columns of banks have, the best first; compared without case, blanks and punctuation. */
const NAMES: Readonly<Record<BankMember, readonly string[]>> = {
  bookedAt: [
    "bookedat",
    "bookingdate",
    "dateofbooking",
    "buchungstag",
    "buchungsdatum",
    "buchung",
    "postingdate",
    "posteddate",
    "transactiondate",
    "date",
    "datum",
    "valuedate",
    "valuta",
    "取引日",
    "取扱日",
    "日付",
    "年月日",
  ],
  amount: ["amount", "betrag", "umsatz", "betrageur", "transactionamount", "value", "取引金額", "金額", "入出金"],
  credit: [
    "credit",
    "creditamount",
    "paidin",
    "moneyin",
    "deposit",
    "deposits",
    "haben",
    "gutschrift",
    "入金額",
    "預入金額",
    "お預入れ",
    "お預かり金額",
    "入金",
  ],
  debit: [
    "debit",
    "debitamount",
    "paidout",
    "moneyout",
    "withdrawal",
    "withdrawals",
    "soll",
    "lastschrift",
    "出金額",
    "引出金額",
    "お引出し",
    "お支払金額",
    "出金",
  ],
  currency: ["currency", "currencycode", "waehrung", "währung", "whrung", "whrg", "通貨"],
  reference: [
    "reference",
    "endtoendid",
    "endtoendreferenz",
    "kundenreferenzendtoend",
    "kundenreferenz",
    "bankreference",
    "transactionid",
    "ref",
  ],
  text: [
    "text",
    "description",
    "verwendungszweck",
    "details",
    "paymentdetails",
    "memo",
    "narrative",
    "buchungstext",
    "beguenstigterzahlungspflichtiger",
    "begünstigterzahlungspflichtiger",
    "payer",
    "name",
    "お取引内容",
    "取引内容",
    "お取り扱い内容",
    "摘要",
  ],
  bankAccount: ["bankaccount", "iban", "accountnumber", "auftragskonto", "kontonummer", "account", "口座番号"],
};

/** Where the members of a line stand. */
export type BankColumns = ReadonlyMap<BankMember, readonly number[]>;

/**
 * Finds the columns of a statement by its header and the mapping.
 *
 * @throws BankError `bank.mapping`, `bank.unusable-file`
 */
export function bankColumns(
  header: readonly string[],
  line: number,
  map: Readonly<Partial<Record<BankMember, string>>>,
): BankColumns {
  const names = header.map(plainName);
  const columns = new Map<BankMember, readonly number[]>();
  for (const member of BANK_MEMBERS) {
    const places = NAMES[member].map((name) => names.indexOf(name)).filter((place) => place >= 0);
    // All of the texts say something; of the others the best name counts.
    if (places.length > 0) columns.set(member, member === "text" ? places : places.slice(0, 1));
  }
  for (const [member, column] of Object.entries(map)) {
    const place = names.indexOf(plainName(column));
    if (place < 0) {
      throw new BankError(
        "bank.mapping",
        `line ${line}: the mapping names the column ${JSON.stringify(column)} for ${member}, which the file lacks; it has ${header.join(", ")}`,
      );
    }
    columns.set(member as BankMember, [place]);
  }
  const lacks = columns.has("bookedAt") ? null : "date (bookedAt=COLUMN)";
  const lacksAmount =
    columns.has("amount") || columns.has("credit") ? null : "amount (amount=COLUMN, or credit and debit)";
  const missing = lacks ?? lacksAmount;
  if (missing !== null) {
    throw new BankError(
      "bank.unusable-file",
      `line ${line}: no column holds the ${missing}; the file has ${header.join(", ")}`,
    );
  }
  return columns;
}
