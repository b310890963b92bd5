import { describe, expect, it } from "vitest";
import { accountSchema, configSchema } from "./schema.ts";

const shop = { region: "eu", merchantId: "A1" };

/** Contents of a file, right and wrong in every part that is made on demand. */
const CONTENTS: readonly unknown[] = [
  null,
  "text",
  7,
  [],
  {},
  { accounts: null },
  { accounts: [] },
  { accounts: { shop: null } },
  { accounts: { shop } },
  { accounts: { shop: {} } },
  { accounts: { "bad name": shop } },
  { accounts: { shop, other: { region: "xx", inbox: "" } } },
  { accounts: { shop: { ...shop, bank: { rules: [] } }, other: { ...shop, bnk: {} } } },
  { accounts: { shop: { ...shop, bank: { fx: "1.5%", rules: [{ name: "r", code: "c", reason: "x" }] } } } },
  { accounts: { shop: { ...shop, fees: [{ currency: "EUR" }], feeTax: [{ rate: "19" }] } } },
  { accounts: { shop: { ...shop, region: undefined } } },
  { unknown: 1, dataDir: "" },
  { constructor: 1 },
  JSON.parse('{"__proto__": {"dataDir": ""}}'),
  { timeZone: 1, databaseUrl: undefined, $schema: "s" },
  { reconcile: { bankDays: 61, fees: { tolerance: -1 } } },
  { reconcile: { fees: "off" }, hooks: [{ name: "a" }, { name: "b", url: "https://a.example" }] },
  { exports: { a: { format: "csv", folder: "f" }, "b c": {} } },
  { export: { datev: { rates: [{ currency: "eur", rate: "1" }], rules: [{ role: "fees" }] }, xero: { taxRate: "" } } },
  { archive: { bucket: "" } },
];

describe("schemas made of the parts that a file has", () => {
  it.each(CONTENTS.map((contents) => [JSON.stringify(contents), contents]))(
    "judges %s as the whole does",
    (_, contents) => {
      const [whole, made] = [configSchema(), configSchema({ contents })].map((schema) => schema.safeParse(contents));
      expect(made?.error?.issues).toEqual(whole?.error?.issues);
      expect(made?.data).toEqual(whole?.data);
    },
  );

  it("asks for the members that an account may not lack", () => {
    expect(accountSchema([{}]).safeParse({}).error?.issues).toEqual(accountSchema().safeParse({}).error?.issues);
    expect(accountSchema([{}]).safeParse({}).success).toBe(false);
  });

  it("makes no more than that", () => {
    expect(Object.keys(configSchema({ contents: { dataDir: "d" } }).shape)).toEqual(["dataDir"]);
    expect(Object.keys(configSchema().shape)).toContain("export");
  });
});
