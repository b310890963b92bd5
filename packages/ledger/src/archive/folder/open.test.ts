import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { archiveConformance } from "../conformance/index.ts";
import { verifyArchive } from "../verify.ts";
import { openFolderArchive } from "./open.ts";

let folder = "";
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "apay-archive-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const fresh = (): string => join(folder, String((count += 1)));

archiveConformance("folder", async () => {
  const root = fresh();
  return {
    archive: await openFolderArchive(root),
    overwrite: (path, bytes) => writeFile(join(root, path), bytes),
    remove: (path) => rm(join(root, path)),
  };
});

it("refuses paths that lead out of the archive", async () => {
  const archive = await openFolderArchive(fresh());
  for (const path of ["../secret.csv", "A1/../../secret.csv", "/etc/passwd", "A1\\..\\secret.csv", ""]) {
    await expect(archive.read(path)[Symbol.asyncIterator]().next(), path).rejects.toMatchObject({
      code: "archive.bad-path",
    });
  }
});

it("names a folder that cannot be made", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  await expect(openFolderArchive(join(file, "archive"))).rejects.toMatchObject({ code: "archive.cannot-write" });
});

it("removes what a killed process left half written, once it is a day old, and finds nothing wrong with it before", async () => {
  const root = fresh();
  await openFolderArchive(root);
  const left = join(root, ".incoming", "half");
  await writeFile(left, "a,b");
  const problems: string[] = [];
  for await (const file of verifyArchive(await openFolderArchive(root)))
    problems.push(...file.findings.map((found) => found.problem));
  expect(problems).toEqual([]);
  const yesterday = new Date(Date.now() - 90_000_000);
  await utimes(left, yesterday, yesterday);
  await openFolderArchive(root);
  expect(await readdir(join(root, ".incoming"))).toEqual([]);
});
