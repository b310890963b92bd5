import { isIsoCurrency, MoneyError, parseAmount } from "@amazon-pay-kit/money";
import mt940js from "mt940js";
import { BankError } from "../errors.ts";
import { type GivenLine, joined, plainAccount, unknownCurrency, unreadable } from "../statement-line.ts";

/** Amount of a tag 61 as it is written. The library reads it as a floating-point number, which is left aside. */
const AMOUNT = /^\d{6}(?:\d{4})?(R?)([DC])[A-Z]?(\d+(?:,\d*)?)/;

function amountOf(tag: string, currency: string): bigint {
  const [, reversal = "", mark = "", digits = ""] = AMOUNT.exec(tag) ?? [];
  const minor = parseAmount(digits.replace(/,$/, "").replace(",", "."), currency);
  return (mark === "C") === (reversal === "") ? minor : -minor;
}

/** Value date, and the day of the booking where it is stated: without a year. */
const DAYS = /^(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?/;

function dayOf(year: number, month: string, day: string): number | null {
  const at = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) ? at.getTime() : null;
}

/**
 * Day of the booking. Its year is the one that brings it nearest to the value date: what has its value on 2 January may
 * have been booked on 31 December. `null` for a day that the calendar does not have.
 */
function bookedAtOf(tag: string): number | null {
  const [, year = "", month = "", day = "", bookedMonth, bookedDay] = DAYS.exec(tag) ?? [];
  const valueYear = 2000 + Number(year);
  const value = dayOf(valueYear, month, day);
  if (value === null || bookedMonth === undefined || bookedDay === undefined) return value;
  const days = [valueYear - 1, valueYear, valueYear + 1]
    .map((candidate) => dayOf(candidate, bookedMonth, bookedDay))
    .filter((candidate) => candidate !== null);
  return days.toSorted((left, right) => Math.abs(left - value) - Math.abs(right - value))[0] ?? null;
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
    // The library trips over tags that stand where none of their kind may; what the engine says of that helps nobody.
    // It also repeats a tag that it cannot read, however long that is.
    const message = (error as Error).message;
    const short = message.length > 200 ? `${message.slice(0, 200)}…` : message;
    const what = error instanceof TypeError ? "its tags are not in order" : short;
    throw new BankError(
      "bank.unusable-file",
      `not an MT940 statement that can be read: ${what}; fetch it again from the bank`,
    );
  }
  const lines = places(text);
  for (const { transactions, tags, accountIdentification, currency } of statements) {
    const amounts = tags.filter(({ id }) => Number(id) === 61);
    for (const [index, transaction] of transactions.entries()) {
      const line = lines.shift() ?? 0;
      if (!isIsoCurrency(currency)) {
        yield unknownCurrency(line, currency);
        continue;
      }
      const tag = amounts[index]?.data ?? "";
      const bookedAt = bookedAtOf(tag);
      if (bookedAt === null) {
        yield unreadable(line, "bank.date", `cannot read the days in ${JSON.stringify(tag.slice(0, 10))}`);
        continue;
      }
      try {
        const stated = [transaction.reference, transaction.bankReference].find(
          (word) => !/^(NONREF|NOTPROVIDED)?$/.test(word),
        );
        yield {
          line,
          bankAccount: plainAccount(accountIdentification),
          bookedAt,
          amount: amountOf(tag, currency),
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
