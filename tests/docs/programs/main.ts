/** Runs the programs of the pages, one page after the other, and prints how each went as one JSON document. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Drive, Exports, Facts, Ran } from "./facts.ts";
import { drive as integrateCheckout } from "./integrate-checkout.ts";
import { drive as disputes } from "./disputes.ts";
import { drive as frameworks } from "./frameworks.ts";
import { drive as notifications } from "./notifications.ts";
import { drive as pendingAndDeclines } from "./pending-and-declines.ts";
import { drive as subscriptions } from "./subscriptions.ts";
import { drive as testCardsAndCodes } from "./test-cards-and-codes.ts";

/** Pages with blocks that export something: it must be called to be run. */
const DRIVES: Readonly<Record<string, Drive>> = {
  "docs/integrate-checkout.md": integrateCheckout,
  "docs/disputes.md": disputes,
  "docs/frameworks.md": frameworks,
  "docs/notifications.md": notifications,
  "docs/pending-and-declines.md": pendingAndDeclines,
  "docs/subscriptions.md": subscriptions,
  "docs/test-cards-and-codes.md": testCardsAndCodes,
};

interface Work {
  readonly facts: Facts;
  readonly pages: readonly {
    readonly page: string;
    readonly region: string;
    readonly programs: readonly { readonly name: string; readonly file: string }[];
  }[];
}

const { facts, pages } = JSON.parse(readFileSync(0, "utf8")) as Work;
const log = console.log.bind(console);
const done: Ran[] = [];

for (const { page, region, programs } of pages) {
  const merchant = facts.merchants[region]!;
  process.env["AMAZON_PAY_PUBLIC_KEY_ID"] = merchant.publicKeyId;
  process.env["AMAZON_PAY_PRIVATE_KEY"] = readFileSync(merchant.privateKeyFile, "utf8");
  const together: Record<string, unknown> = {};
  const results = [];
  for (const { name, file } of programs) {
    const result = { name, printed: [] as string[], exported: [] as string[], called: [] as string[] };
    console.log = (...words: unknown[]) => void result.printed.push(words.map(String).join(" "));
    let error: string | null = null;
    try {
      const exports = (await import(pathToFileURL(file).href)) as Exports;
      for (const [member, value] of Object.entries(exports)) {
        if (typeof value !== "function") together[member] = value;
        else {
          result.exported.push(member);
          together[member] = (...args: unknown[]): unknown => {
            result.called.push(member);
            return (value as (...given: unknown[]) => unknown)(...args);
          };
        }
      }
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    }
    results.push({ ...result, error });
  }
  try {
    await DRIVES[page]?.(together, facts);
  } catch (thrown) {
    results.push({
      name: `${page}, called in order`,
      printed: [],
      exported: [],
      called: [],
      error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  }
  done.push(...results);
}
log(JSON.stringify(done));
process.exit(0);
