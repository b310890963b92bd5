import { describe, expect, it } from "vitest";
import type { Account } from "../config/config.ts";
import type { Context } from "../program/context.ts";
import { syncAccount, type SourceKind } from "./sources.ts";

const context = {} as Context;
const account = (more: Partial<Account> = {}): Account =>
  ({ name: "shop", region: "de", inbox: "inbox", sources: ["folder"], ...more }) as Account;
const refusedFor = (more: Partial<Account>, only?: SourceKind): unknown => {
  try {
    return syncAccount(account(more), context, only);
  } catch (error) {
    return error;
  }
};

describe("a source that the configuration says too little for", () => {
  it.each([
    ["a folder without a place", { inbox: undefined }, "folder", "config.no-inbox", /set inbox/],
    ["MWS without credentials", {}, "mws", "config.no-mws", /set mws of the account/],
    [
      "MWS without a secret",
      { mws: { sellerId: "A1", accessKeyId: "AKIA" } },
      "mws",
      "config.no-mws-secret",
      /set mws.secretKeyFile/,
    ],
  ] as const)("%s is refused with the remedy", (_what, more, only, code, remedy) => {
    expect(refusedFor(more as Partial<Account>, only)).toMatchObject({
      code,
      message: expect.stringContaining('"shop"') as string,
      remedy: expect.stringMatching(remedy) as string,
    });
  });
});

describe("an account as the books know it", () => {
  it("has the region of its alias, the environment of its key, and the merchant id as seller", () => {
    expect(syncAccount(account({ merchantId: "A2MERCHANT", publicKeyId: "SANDBOX-AE1" }), context)).toMatchObject({
      accountId: "shop",
      region: "eu",
      environment: "sandbox",
      sellerId: "A2MERCHANT",
      sources: [{ name: "folder" }],
    });
  });

  it("is live when neither key nor settings say otherwise, and names no seller that nobody named", () => {
    const plain = syncAccount(account({ publicKeyId: "AE1" }), context);
    expect(plain.environment).toBe("live");
    expect(plain).not.toHaveProperty("sellerId");
    expect(plain).not.toHaveProperty("personalData");
    const given = account({ publicKeyId: "AE1", environment: "sandbox", personalData: "keep" as never });
    expect(syncAccount(given, context)).toMatchObject({ environment: "sandbox", personalData: "keep" });
  });

  it("has only the source that was asked for", () => {
    const both = account({ sources: ["v2", "folder"] as never });
    expect(syncAccount(both, context, "folder").sources.map(({ name }) => name)).toEqual(["folder"]);
  });
});
