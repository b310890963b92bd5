import { expect, it } from "vitest";
import { syncText } from "./sync-progress.ts";

const NONE = {
  sources: 1,
  listed: 1,
  fresh: 1,
  fetched: 1,
  bytes: 10,
  linked: 0,
  changed: 0,
  files: 1,
  rows: 0,
  rowErrors: 0,
  repeats: 0,
  quarantined: 0,
  notFetched: 0,
  waiting: 0,
  acknowledged: 0,
  disbursements: 0,
  skipped: 0,
  failures: [],
} as const;

it("counts a row once: as loaded, or as known already", () => {
  expect(syncText({ ...NONE, rows: 20, repeats: 8 })).toBe("1 report fetched, 12 rows loaded, 8 rows known already");
  expect(syncText({ ...NONE, rows: 1 })).toBe("1 report fetched, 1 row loaded");
});

it("says all that was not brought in", () => {
  const failure = { accountId: "shop", source: "v2", code: "connection.dns", message: "m", failures: 1 };
  const text = syncText({
    ...NONE,
    notFetched: 2,
    waiting: 3,
    skipped: 1,
    quarantined: 1,
    failures: [failure] as never,
  });
  for (const part of [
    "1 file quarantined",
    "2 reports not fetched, to be tried again",
    "3 reports left for a later try",
    "1 source left to another runner",
    "1 source could not be read",
  ])
    expect(text).toContain(part);
});
