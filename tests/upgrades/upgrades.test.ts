/** Books that a released version made are opened by the present code, which says of them what that version said. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, test } from "vitest";
import { compared, keep, KEPT, keptVersions, releasedVersions } from "./kept.ts";

const folder = mkdtempSync(join(tmpdir(), "apay-upgrades-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("books that are kept say elsewhere what they said where they were made", async () => {
  const place = join(folder, "present");
  await keep(place);
  const { before, now } = await compared(place);
  expect(now).toEqual(before);
  expect(before["settlements"]).toMatchObject({ settlements: [{ status: "exceptions", bank: "differs" }] });
  expect(JSON.stringify(before["exceptions"])).toMatch(
    /capture\.unsettled.*match\.amount|match\.amount.*capture\.unsettled/s,
  );
  expect(String(before["rows"])).toContain("P01-1111111-1111111-C000001");
  await expect(keep(place)).rejects.toThrow(/never made anew/);
});

describe("releases", () => {
  it.each([
    ["## Unreleased\n\nThe first release, 0.1.0:\n", []],
    ["## 0.2.0, 2026-12-02\n\n## [0.1.0] 2026-12-01\n### 0.0.1\n", ["0.1.0", "0.2.0"]],
  ])("are read from the changelog: %j", (text, versions) => {
    expect(releasedVersions(text)).toEqual(versions);
  });

  it("have kept their books, each of them: tests/upgrades/kept.ts says how", () => {
    const changelog = readFileSync(fileURLToPath(new URL("../../CHANGELOG.md", import.meta.url)), "utf8");
    const kept = keptVersions();
    expect(releasedVersions(changelog).filter((version) => !kept.includes(version))).toEqual([]);
    expect(kept.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  for (const version of keptVersions())
    it(`${version}: its books say the same`, async () => {
      const { before, now } = await compared(join(KEPT, version));
      for (const [name, value] of Object.entries(before)) expect(now[name], name).toEqual(value);
    });
});
