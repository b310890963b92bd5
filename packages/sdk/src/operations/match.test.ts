import { describe, expect, test } from "vitest";
import { matchOperation } from "./match.ts";
import { environmentOfKey, findRegion } from "./regions.ts";
import { OPERATIONS } from "./table.ts";

describe("the table", () => {
  test("has every operation of the service once", () => {
    const places = OPERATIONS.map(({ method, path, name }) => [name, `${method} ${path}`]);
    expect(new Set(places.map(([name]) => name)).size).toBe(OPERATIONS.length);
    // Two pairs share a place: merchants' own accounts and those that solution providers manage.
    expect(new Set(places.map(([, place]) => place)).size).toBe(OPERATIONS.length - 2);
  });

  test("only POST needs an idempotency key", () => {
    for (const row of OPERATIONS) {
      if (row.idempotency === "required") expect(row.method, row.name).toBe("POST");
      if (row.method === "GET") expect([row.body, row.idempotency], row.name).toEqual([undefined, "none"]);
    }
    expect(OPERATIONS.filter((row) => row.idempotency === "required").map((row) => row.name)).toEqual([
      "createCheckoutSession",
      "createCharge",
      "captureCharge",
      "createRefund",
      "createDispute",
      "uploadFile",
    ]);
  });

  test("the unusual statuses of success", () => {
    const usual = (name: string): number | undefined => OPERATIONS.find((row) => row.name === name)?.success[0];
    expect([
      usual("createDispute"),
      usual("uploadFile"),
      usual("updateAmazonPayAccount"),
      usual("deleteAmazonPayAccount"),
      usual("merchantAccountClaim"),
    ]).toEqual([200, 200, 204, 202, 303]);
  });

  test.each(OPERATIONS)("$name is found under all three roots, with and without a slash at the end", (row) => {
    const path = row.path.replaceAll(/\{(\w+)\}/g, "a%2Fb");
    for (const [root, environment] of [
      ["/live/v2", "live"],
      ["/sandbox/v2", "sandbox"],
      ["/v2", undefined],
    ] as const) {
      for (const end of ["", "/"]) {
        const match = matchOperation(row.method, root + path + end);
        expect(match).toMatchObject({ environment });
        if (match.operation === undefined) throw new Error("not found");
        expect([match.operation, ...match.alternatives]).toContain(row);
        expect(Object.values(match.params).every((value) => value === "a/b")).toBe(true);
      }
    }
  });
});

describe("paths that mean nothing", () => {
  test.each([
    ["GET", "/v1/charges/1", "version"],
    ["GET", "/v22/charges/1", "version"],
    ["GET", "/staging/v2/charges/1", "version"],
    ["GET", "/charges/1", "version"],
    ["GET", "/v2", "path"],
    ["GET", "/v2/", "path"],
    ["GET", "/v2/unicorns", "path"],
    ["POST", "/v2/charges//capture", "path"],
    ["POST", "/v2/charges//", "path"],
    ["GET", "/v2/charges/%zz", "path"],
    ["PUT", "/v2/charges", "method"],
  ])("%s %s: %s", (method, path, reason) => {
    expect(matchOperation(method, path)).toMatchObject({ operation: undefined, reason });
  });

  test("says which methods a path has", () => {
    expect(matchOperation("PUT", "/v2/charges/1")).toMatchObject({ methods: ["GET", "PATCH"] });
  });

  test("a method in small letters is read", () => {
    expect(matchOperation("get", "/v2/charges/1").operation?.name).toBe("getCharge");
  });
});

describe("regions", () => {
  test.each([
    ["us", "na"],
    ["NA", "na"],
    ["de", "eu"],
    ["UK", "eu"],
    [" eu ", "eu"],
    ["Jp", "jp"],
    ["fe", undefined],
    ["", undefined],
  ])("%j is %s", (name, region) => {
    expect(findRegion(name)?.region).toBe(region);
  });

  test("Japan's script comes from the far east", () => {
    expect(findRegion("jp")?.scriptUrl).toBe("https://static-fe.payments-amazon.com/checkout.js");
  });

  test.each([
    ["SANDBOX-AE1", "sandbox"],
    ["live-AE1", "live"],
    ["AHABCDEFG", undefined],
  ])("key %s: %s", (key, environment) => {
    expect(environmentOfKey(key)).toBe(environment);
  });
});
