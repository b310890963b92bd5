import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { holderText, thisHolder } from "../leases/holder.ts";
import { FilesAside } from "./files-aside.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-aside-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a process would have left it that was killed while it wrote `rows.csv`. */
function leftBy(pid: number): string {
  const maker = holderText({ ...thisHolder("0123abcd", 0), pid }).replaceAll(":", "-");
  const name = `rows.csv.${maker}.part`;
  writeFileSync(join(folder, name), "half a li");
  return name;
}

it("removes what a process that has ended has left, and nothing of another file's or of one that is at work", async () => {
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  leftBy(ended);
  leftBy(process.pid);
  writeFileSync(join(folder, "other.csv.0123abcd.part"), "");
  writeFileSync(join(folder, "rows.csv.0123abcd.part"), "by whom is not known");
  const other = new FilesAside(join(folder, "rows.csv"));
  await other.begin();
  await other.write(Buffer.from("one\n"));
  const files = new FilesAside(join(folder, "rows.csv"));
  await files.begin();
  await files.write(Buffer.from("two\n"));
  expect(readdirSync(folder)).toHaveLength(4);
  await other.intoPlace();
  expect(readFileSync(join(folder, "rows.csv"), "utf8")).toBe("one\n");
  await files.intoPlace();
  expect(readFileSync(join(folder, "rows.csv"), "utf8")).toBe("two\n");
  expect(readdirSync(folder).sort()).toEqual(["other.csv.0123abcd.part", "rows.csv", "rows.csv.0123abcd.part"]);
});

it("takes away what it made when it is given up, and says nothing of what it cannot take away", async () => {
  const files = new FilesAside(join(folder, "rows.csv"));
  await files.begin();
  await files.abandon();
  expect(readdirSync(folder)).toEqual([]);
  const gone = new FilesAside(join(folder, "rows.csv"));
  await gone.begin();
  rmSync(folder, { recursive: true });
  await gone.abandon();
});
