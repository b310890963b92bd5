/** One family of errors over all packages: anyone who catches one finds its code, whatever threw it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import * as browser from "../../packages/browser/src/problem.ts";
import * as cli from "@amazon-pay-kit/cli";
import * as dashboard from "@amazon-pay-kit/dashboard";
import * as ledger from "@amazon-pay-kit/ledger";
import * as money from "@amazon-pay-kit/money";
import { KitError } from "@amazon-pay-kit/money";
import * as orders from "@amazon-pay-kit/orders";
import * as reports from "@amazon-pay-kit/reports";
import * as sandbox from "@amazon-pay-kit/sandbox";
import * as sdk from "@amazon-pay-kit/sdk";
import * as compat from "@amazon-pay-kit/sdk/compat";
import * as keyExchange from "@amazon-pay-kit/sdk/key-exchange";
import * as mws from "@amazon-pay-kit/sdk/mws";
import * as notifications from "@amazon-pay-kit/sdk/notifications";
import * as signing from "@amazon-pay-kit/sdk/signing";
import * as statements from "@amazon-pay-kit/statements";
import * as tabular from "@amazon-pay-kit/tabular";
import * as worker from "@amazon-pay-kit/worker";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));

/** The copies of the base class: tools/generate holds them to money's. */
const COPIES = ["money/src/kit-error.ts", "sdk/src/errors/kit-error.ts", "browser/src/rules/kit-error.ts"];
const BUILT_IN = /^(Error|\w+Error)$/;

/** Every class of a package's source, with the name of what it extends. */
function classesOf(owner: string): { readonly path: string; readonly name: string; readonly base: string }[] {
  return readdirSync(`${packages}/${owner}/src`, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$|\/(conformance|testing|fixtures)\//.test(path))
    .flatMap((path) => {
      const text = readFileSync(`${packages}/${owner}/src/${path}`, "utf8");
      if (!text.includes(" extends ")) return [];
      const found: { path: string; name: string; base: string }[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isClassLike(node)) {
          const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
          if (base !== undefined)
            found.push({
              path: `${owner}/src/${path}`,
              name: node.name?.text ?? "(no name)",
              base: base.expression.getText(),
            });
        }
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
      return found;
    });
}

const all = readdirSync(packages).flatMap(classesOf);

describe("the family of errors", () => {
  it("has every class that extends an error", () => {
    const own = new Set(all.map(({ name }) => name));
    const outside = all.filter(({ path, base }) => BUILT_IN.test(base) && !own.has(base) && !COPIES.includes(path));
    expect(outside.map(({ path, name, base }) => `${path}: ${name} extends ${base}, not KitError`)).toEqual([]);
    expect(own.has("KitError")).toBe(true);
    expect(all.filter(({ base }) => base === "KitError").length).toBeGreaterThan(15);
  });

  it("is known as such whichever copy of the base a package extends", () => {
    const surfaces = {
      browser,
      cli,
      dashboard,
      ledger,
      money,
      orders,
      reports,
      sandbox,
      sdk,
      compat,
      keyExchange,
      mws,
      notifications,
      signing,
      statements,
      tabular,
      worker,
    };
    const unknown: string[] = [];
    let seen = 0;
    for (const [name, surface] of Object.entries(surfaces)) {
      for (const [exported, value] of Object.entries(surface)) {
        if (typeof value !== "function" || !(value.prototype instanceof Error)) continue;
        seen += 1;
        if (!((Object.create(value.prototype as object) as object) instanceof KitError))
          unknown.push(`${name}: ${exported}`);
      }
    }
    expect(unknown).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });

  it("does not take in what is none", () => {
    for (const other of [new Error("x"), new TypeError("x"), null, "KitError", { code: "a.b" }])
      expect(other instanceof KitError).toBe(false);
    expect(new money.MoneyError("money.too-large", "x") instanceof sdk.AmazonPayError).toBe(false);
  });

  it("has one shape in all packages: the compiler checks this", () => {
    const shaped = (error: sdk.AmazonPayError | browser.PayProblem): KitError => error;
    const error = new browser.PayProblem("button.options", "colour: unknown", [
      { option: "buttonColor", message: "x" },
    ]);
    expect(shaped(error)).toMatchObject({ code: "button.options", place: "buttonColor" });
  });

  it("tells place and remedy apart where it knows them", () => {
    const refused = new statements.UnusableStatementError("option.needed", "which currency?", {
      option: "--currency",
      line: 3,
    });
    expect(refused).toMatchObject({ place: "line 3", remedy: "pass --currency" });
    expect(new reports.UnusableReportError("file.empty", "nothing in it")).not.toHaveProperty("place");
  });
});
