import { isCurrency, MoneyError, parseAmount } from "@amazon-pay-kit/money";
import mt940js from "mt940js";
import { BankError } from "../errors.ts";
import { type GivenLine, joined, plainAccount, unreadable } from "../statement-line.ts";

/** Amount of a tag 61 as it is written. The library reads it as a floating-point number, which is left aside. */
const AMOUNT = /^\d{6}(?:\d{4})?(R?)([DC])[A-Z]?(\d+(?:,\d*)?)/;

function amountOf(tag: string, currency: string): bigint {
  const [, reversal = "", mark = "", digits = ""] = AMOUNT.exec(tag) ?? [];
  const minor = parseAmount(digits.replace(/,$/, "").replace(",", "."), currency);
  return (mark === "C") === (reversal === "") ? minor : -minor;
}

/** Lines of the file on which a tag 61 stands, in order. */
function places(text: string): number[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => (line.startsWith(":61:") ? [index + 1] : []));
}

/** Words of a tag 86: those of its parts, where it has any. */
function details({
  details: text,
  structuredDetails: parts,
}: {
  details: string;
  structuredDetails?: Readonly<Record<string, string>>;
}): string | null {
  if (parts === undefined) return joined(text.replaceAll("\n", ""));
  return joined(...Object.entries(parts).map(([part, words]) => (/^[A-Z]{3,}$|^[236]\d$/.test(part) ? words : null)));
}

/**
 * Reads a SWIFT MT940 statement. The library checks that opening balance, lines and closing balance agree.
 *
 * @throws BankError `bank.unusable-file`
 */
export async function* readMt940(text: string): AsyncGenerator<GivenLine> {
  let statements;
  try {
    statements = new mt940js.Parser().parse(text, true);
  } catch (error) {
    throw new BankError(
      "bank.unusable-file",
      `not an MT940 statement that can be read: ${error instanceof Error ? error.message : String(error)}; fetch it again from the bank`,
    );
  }
  const lines = places(text);
  for (const { transactions, tags, accountIdentification, currency } of statements) {
    const amounts = tags.filter(({ id }) => Number(id) === 61);
    for (const [index, transaction] of transactions.entries()) {
      const line = lines.shift() ?? 0;
      if (!isCurrency(currency)) {
        yield unreadable(line, "bank.currency", `unknown currency ${JSON.stringify(currency)}`);
        continue;
      }
      try {
        const stated = [transaction.reference, transaction.bankReference].find(
          (word) => !/^(NONREF|NOTPROVIDED)?$/.test(word),
        );
        yield {
          line,
          bankAccount: plainAccount(accountIdentification),
          bookedAt: (transaction.entryDate === "" ? transaction.date : transaction.entryDate).getTime(),
          amount: amountOf(amounts[index]?.data ?? "", currency),
          currency,
          reference: stated ?? null,
          text: joined(details(transaction), transaction.extraDetails),
        };
      } catch (error) {
        if (!(error instanceof MoneyError)) throw error;
        yield unreadable(line, "bank.amount", error.message);
      }
    }
  }
}
