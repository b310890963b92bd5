import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KitError } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import { createShop, CreateError, main } from "./index.ts";

const empty = (): string => mkdtempSync(join(tmpdir(), "create-"));

/** The command as the terminal sees it. */
function run(...args: string[]): { status: number; out: string; error: string; cwd: string } {
  const cwd = empty();
  const lines = { out: "", error: "" };
  const stream = (name: "out" | "error") => ({ write: (text: string) => (lines[name] += text) });
  const status = main(
    args.map((arg) => arg.replace("$CWD", cwd)),
    { cwd, out: stream("out"), error: stream("error") },
  );
  return { status, ...lines, cwd };
}

describe("createShop", () => {
  it("writes a shop under the folder's name, with the versions of this package", () => {
    const { folder, name, files } = createShop({ folder: join(empty(), "my-shop") });
    expect(name).toBe("my-shop");
    expect(files).toEqual(
      expect.arrayContaining([".env.example", ".gitignore", "package.json", "src/shop.ts", "test/shop.test.ts"]),
    );
    const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      name: string;
      dependencies: Record<string, string>;
    };
    expect(manifest.name).toBe("my-shop");
    expect(manifest.dependencies["@amazon-pay-kit/sdk"]).toBe(`^${own.version}`);
    for (const file of files)
      expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(/\{\{(name|version)\}\}/);
  });

  it("names what it uses by versions that the kit itself is tested with", () => {
    const root = new URL("../../../", import.meta.url);
    const lock = JSON.parse(readFileSync(new URL("package-lock.json", root), "utf8")) as {
      packages: Record<string, { version?: string }>;
    };
    const template = JSON.parse(readFileSync(new URL("../template/package.json", import.meta.url), "utf8")) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const wanted = Object.entries({ ...template.dependencies, ...template.devDependencies }).filter(
      ([name]) => !name.startsWith("@amazon-pay-kit/"),
    );
    expect(wanted.length).toBeGreaterThan(3);
    for (const [name, range] of wanted) expect(range, name).toBe(`^${lock.packages[`node_modules/${name}`]?.version}`);
  });

  it("takes a folder that is there and empty", () => {
    const folder = join(empty(), "shop");
    mkdirSync(folder);
    expect(createShop({ folder, name: "another" }).name).toBe("another");
  });

  it("overwrites nothing", () => {
    const folder = join(empty(), "shop");
    mkdirSync(folder);
    writeFileSync(join(folder, "notes.txt"), "mine");
    expect(() => createShop({ folder })).toThrow(expect.objectContaining({ code: "create.folder" }));
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
    expect(() => createShop({ folder: join(folder, "notes.txt") })).toThrow(/is a file/);
  });

  it.each(["My Shop", "Shop", "_shop", "../shop/@x", "sh op", "a".repeat(215), ""])("refuses %j as a name", (name) => {
    const folder = join(empty(), "fine");
    expect(() => createShop({ folder, name })).toThrow(KitError);
    expect(() => createShop({ folder, name })).toThrow(CreateError);
    expect(() => readdirSync(folder)).toThrow(/ENOENT/);
  });
});

describe("the command", () => {
  it("says what comes next", () => {
    const { status, out, error } = run("$CWD/my-shop");
    expect([status, error]).toEqual([0, ""]);
    expect(out).toContain("files in my-shop. Next:\n\n  cd my-shop\n  npm install\n");
  });

  it("helps", () => {
    expect(run("--help")).toMatchObject({ status: 0, out: expect.stringContaining("FOLDER") as string });
  });

  it.each([
    [[], "create.option"],
    [["a", "b"], "create.option"],
    [["shop", "--nmae", "x"], "create.option"],
    [["$CWD/Big Shop"], "create.name"],
  ])("ends with 2 and the code for %j, and writes nothing", (args, code) => {
    const { status, out, error, cwd } = run(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(error).toContain(code);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
