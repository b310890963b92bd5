import type { Store } from "@amazon-pay-kit/ledger";
import { readCsv } from "@amazon-pay-kit/reports/csv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDashboardApp } from "../server/app.tsx";
import { emptyStore } from "../testing/empty-store.ts";

const COUNT = 120;
const NOW = Date.UTC(2026, 0, 31);

describe("a list that is longer than a page", () => {
  let store: Store;
  const idOf = (index: number): string => `exception-${String(index).padStart(4, "0")}`;
  beforeAll(async () => {
    store = await emptyStore("us", NOW);
    await store.db
      .insertInto("exception")
      .values(
        Array.from({ length: COUNT }, (_none, index) => ({
          account_id: "us",
          exception_id: idOf(index),
          code: index % 2 === 0 ? "capture.unknown" : "match.amount",
          severity: "error",
          settlement_id: "5000000001",
          transaction_id: `P01-1234567-1234567-C00${1000 + index}`,
          file_id: null,
          line: null,
          amount_minor: BigInt(index + 1),
          currency: "USD",
          message: `difference, "number" ${index}`,
          status: "open",
          subject: idOf(index),
          found_at: NOW,
          changed_at: NOW,
        })),
      )
      .execute();
  });
  afterAll(() => store.close());

  const get = async (path: string): Promise<string> => {
    const app = createDashboardApp({
      views: { store },
      books: {
        fileLines: () => Promise.reject(new Error("unused")),
        explain: () => Promise.resolve(),
        reopen: () => Promise.resolve(),
      },
      access: { isHost: () => true, localUser: "me" },
      secret: "s",
      now: () => NOW,
    });
    return (await app.request(`http://127.0.0.1:8581${path}`)).text();
  };
  const linkIn = (html: string, link: RegExp): string | undefined => link.exec(html)?.[1]?.replaceAll("&amp;", "&");
  const NEXT = /<a rel="next" href="([^"]+)"/;
  const FIRST = /<a href="([^"]+)">First/;
  const idsIn = (html: string): string[] => [
    ...new Set(
      [...html.matchAll(/<td class="key"[^>]*><a href="\/exceptions\/(exception-\d+)/g)].map(([, id]) => id ?? ""),
    ),
  ];

  it("leads from page to page until everything was shown once, and back to the first", async () => {
    const seen: string[] = [];
    let path: string | undefined = "/exceptions";
    let last = "";
    for (let pages = 0; path !== undefined && pages < 10; pages += 1) {
      last = await get(path);
      seen.push(...idsIn(last));
      path = linkIn(last, NEXT);
    }
    expect(seen).toHaveLength(COUNT);
    expect(new Set(seen).size).toBe(COUNT);
    const first = await get("/exceptions");
    expect(first).not.toMatch(FIRST);
    expect(idsIn(await get(linkIn(last, FIRST) ?? ""))).toEqual(idsIn(first));
  });

  it("keeps its filters on the way", async () => {
    const page = await get("/exceptions?code=match.amount");
    const next = linkIn(page, NEXT) ?? "";
    expect(next).toContain("code=match.amount");
    const all = [...idsIn(page), ...idsIn(await get(next))];
    expect(all).toHaveLength(COUNT / 2);
    expect(all.every((id) => Number(id.slice(-4)) % 2 === 1)).toBe(true);
  });

  it("has a file with all of it, each column filled", async () => {
    const rows: (readonly string[])[] = [];
    for await (const { cells } of readCsv(new TextEncoder().encode(await get("/exceptions.csv")))) rows.push(cells);
    const [head = [], ...records] = rows;
    expect(records).toHaveLength(COUNT);
    const one = records.find((cells) => cells.some((cell) => cell.includes('"number" 41')));
    for (const value of ["match.amount", "open", "error", "5000000001", "P01-1234567-1234567-C001041", "0.42", "us"])
      expect(one).toContain(value);
    expect(one).toHaveLength(head.length);
  });
});
