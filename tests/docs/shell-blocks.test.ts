import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, LITERAL_PAGES, pages } from "./pages.ts";
import { readPage } from "./running/read-page.ts";
import { openEnvironment, type Environment } from "./running/environment.ts";

const read = pages().filter(
  (page) =>
    !LITERAL_PAGES.includes(page) &&
    blocksOf(page).some(({ language, notRun }) => ["sh", "sql", "json"].includes(language) && notRun === undefined),
);

describe("a reader who follows the page in an empty folder", () => {
  let environment: Environment;
  beforeAll(async () => {
    environment = await openEnvironment();
  });
  afterAll(() => environment.started.close());

  it.each(read)(
    "gets through %s",
    async (page) => {
      const { went, wrong } = await readPage(page, environment);
      expect(wrong).toEqual([]);
      // As many commands as the page has: a shell that stopped half-way would have run fewer.
      const lines = blocksOf(page)
        .filter(({ language, notRun }) => language === "sh" && notRun === undefined)
        .flatMap(({ code }) =>
          Array.from(code.matchAll(/(?:^|[|&;]\s*)(?:\w+=\S+ )*(?:npx )?(?:apay|@amazon-pay-kit\/(?:cli|sandbox)) /gm)),
        );
      expect(went).toHaveLength(lines.length);
    },
    60_000,
  );
});
