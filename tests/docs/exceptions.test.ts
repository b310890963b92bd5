import { expect, it } from "vitest";
import { everyBlock, LITERAL_PAGES, nameOf } from "./pages.ts";

// A block that is not run is a promise that nobody keeps: each has its reason in the page, and the list grows only here.
it("twenty-two blocks are not run, each with its reason in the page", () => {
  const exceptions = everyBlock().filter(({ notRun }) => notRun !== undefined);
  console.log(exceptions.map((block) => `not run: ${nameOf(block)} (${block.language}): ${block.notRun}`).join("\n"));
  expect(exceptions.map(({ page, language }) => `${page} ${language}`)).toEqual([
    "README.md sh",
    "docs/button-in-the-browser.md js",
    "docs/button-in-the-browser.md js",
    "docs/button-in-the-browser.md js",
    "docs/lake.md sql",
    "docs/many-merchants.md json",
    "docs/many-merchants.md sh",
    "docs/many-merchants.md sh",
    "docs/many-merchants.md sh",
    "docs/many-merchants.md sh",
    "docs/test-offline.md sh",
    "docs/test-offline.md sh",
    "docs/webhooks.md sh",
    "docs/who-may-what.md sh",
    "packages/create/README.md sh",
    "packages/medusa/README.md js",
    "examples/deploy/README.md sh",
    "examples/deploy/README.md sh",
    "examples/deploy/README.md yaml",
    "examples/medusa/README.md sh",
    "examples/report-cron/README.md crontab",
    "examples/storefront/README.md sh",
  ]);
});

it("every block is of a kind that is run", () => {
  const strange = everyBlock().filter(
    ({ page, language, notRun }) => notRun === undefined && !LITERAL_PAGES.includes(page) && !RUN.has(language),
  );
  expect(strange.map((block) => `${nameOf(block)} ${block.language}`)).toEqual([]);
});

/** A block of text is what the commands of the block before it print. */
const RUN = new Set(["sh", "ts", "json", "sql", "text"]);
