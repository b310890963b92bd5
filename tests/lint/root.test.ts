/** Files that a stray shell redirection left behind have been committed once: the top folder and every name are looked at. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").slice(0, -1);

it("the top folder holds only files that have an extension, are hidden, or are the licence", () => {
  const strays = tracked.filter((path) => !path.includes("/") && !/^\.|\.[a-z]+$|^LICENSE$/.test(path));
  expect(strays).toEqual([]);
});

it("no name needs quoting in a shell", () => {
  expect(tracked.filter((path) => !/^[\w./@+[\]-]+$/.test(path) && !path.includes("/fixtures/"))).toEqual([]);
});
