import { formatAmount, parseAmount } from "../../../../packages/money/src/amount.ts";
import { parseDuration } from "../../../../packages/money/src/duration.ts";
import { MoneyError } from "../../../../packages/money/src/errors.ts";
import { formatMillis, parseInstant } from "../../../../packages/money/src/instant.ts";
import { readAmount } from "../../../../packages/money/src/read-amount.ts";
import { readDate, readMoment } from "../../../../packages/money/src/read-date.ts";
import type { Target } from "../target.ts";
import { isOf, must, mustEqual, text, utf8 } from "./parts.ts";

const value = (name: string, seeds: readonly string[], read: (text: string) => unknown): Target => ({
  name,
  seeds: seeds.map(utf8),
  read: async (bytes) => read(text(bytes)),
  refuses: isOf(MoneyError),
  longest: 100,
});

/** The day of the calendar that begins where the text says. */
const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === day;
};

export const VALUE_TARGETS: readonly Target[] = [
  value("amount", ["1.049,90", "(25.00)", "EUR 1'000.50", "−5,00 €", "1,00,000.00", "¥1,250", "0.123"], (given) => {
    for (const currency of ["EUR", "JPY", "KWD", "INR"]) {
      for (const decimal of [undefined, ".", ","] as const) {
        let reading;
        try {
          reading = readAmount(given, { currency, decimal });
        } catch (error) {
          if (error instanceof MoneyError) continue;
          throw error;
        }
        const again = readAmount(formatAmount(reading.minor, currency), { currency, decimal: "." });
        mustEqual("printed and read", reading.minor, again.minor);
      }
    }
    readAmount(given, { currency: "EUR" });
  }),
  value("plain-amount", ["10.00", "-0.05", "1000"], (given) => {
    const minor = parseAmount(given, "EUR");
    mustEqual("printed and read", parseAmount(formatAmount(minor, "EUR"), "EUR"), minor);
  }),
  value(
    "date",
    [
      "05.10.2026",
      "2026-10-05",
      "5 Oct 2026",
      "20261005",
      "10/25/2026 1:05 PM",
      "令和8年1月5日",
      "2026-01-05T10:00:00+01:00",
    ],
    (given) => {
      const { day, form } = readDate(given);
      must(`${day} is a day`, isDay(day));
      mustEqual("read again", readDate(day).day, day);
      mustEqual("with its own form", readDate(given, form).day, day);
      must("a moment", Number.isSafeInteger(readMoment(given)));
    },
  ),
  value(
    "instant",
    ["2015-10-01T07:06:47 -0700", "2015-05-18T14:37:01-0700", "20221118T150630Z", "2022-12-07T17:08:26.717Z"],
    (given) => {
      const at = parseInstant(given);
      mustEqual("printed and read", parseInstant(formatMillis(at)), at);
    },
  ),
  value("duration", ["P3D", "PT1H30M", "P1Y2M10DT2H30M5S"], (given) => {
    for (const part of Object.values(parseDuration(given))) must("a count", Number.isFinite(part));
  }),
];
