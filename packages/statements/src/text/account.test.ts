import { describe, expect, it } from "vitest";
import { ibansIn, plainAccount } from "./account.ts";

describe("IBANs in a text", () => {
  it.each([
    ["DE02120300000000202051 / Girokonto", ["DE02120300000000202051"]],
    ["IBAN: DE02 1203 0000 0000 2020 51", ["DE02120300000000202051"]],
    ["Movimientos de la cuenta ES91 2100 0418 4502 0005 1332", ["ES9121000418450200051332"]],
    ["CH9300762011623852957;BE68539007547034", ["CH9300762011623852957", "BE68539007547034"]],
    ["DE03120300000000202051", []],
    ["DE02 1203 0000 0000 2020 5", []],
    ["XX02120300000000202051", []],
    ["ADE02120300000000202051", []],
    ["", []],
  ])("%j", (text, ibans) => {
    expect(ibansIn(text)).toEqual(ibans);
  });
});

it("an account number has no blanks, hyphens and control characters", () => {
  expect(plainAccount("de02 1203-0000\u00000000\u001b2020\u0085 51")).toBe("DE02120300000000202051");
});
