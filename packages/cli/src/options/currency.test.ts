import { expect, it } from "vitest";
import { currencyOf } from "./currency.ts";

const asked = (currency?: string) => currencyOf({ args: [], options: { currency } });

it("takes a currency however it is typed, also one that Amazon Pay does not settle in", () => {
  expect(["EUR", "eur", " Jpy "].map(asked)).toEqual(["EUR", "EUR", "JPY"]);
  expect(asked("PLN")).toBe("PLN");
  expect(asked()).toBeUndefined();
});

it("refuses what is none, with what to write", () => {
  for (const wrong of ["EURO", "€", "XX", "", "US D", "__proto__"])
    expect(() => asked(wrong), wrong).toThrowError(expect.objectContaining({ code: "usage.currency" }));
});
