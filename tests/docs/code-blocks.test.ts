import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfigFile } from "../../packages/cli/src/config/read-file.ts";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { GLOBAL_OPTIONS } from "../../packages/cli/src/program.ts";
import { everyBlock, nameOf, root } from "./pages.ts";

// Inside the repository, so that the published names resolve as they do for a user.
const folder = join(root, "node_modules/.cache/apay-docs-check");

const all = everyBlock();

const GLOBAL = new Set([
  ...GLOBAL_OPTIONS.flatMap(([flags]) => flags.match(/--[a-z-]+/g) ?? []),
  "--help",
  "--version",
]);

describe("the documentation", () => {
  it("has programs that compile", () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const programs = all.filter((block) => block.language === "ts");
    expect(programs.length).toBeGreaterThan(0);
    for (const block of programs) {
      const name = `${block.page.replaceAll(/[^\w]/g, "-")}-${block.line}.ts`;
      writeFileSync(join(folder, name), `${block.code}\nexport {};\n`);
    }
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../tsconfig.check.json",
        compilerOptions: { noUnusedLocals: false, types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
        include: ["*.ts", "../../../packages/*/src/**/*.d.ts"],
        exclude: [],
      }),
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const result = spawnSync(process.execPath, [join(root, "node_modules/typescript7/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    expect(result.stdout).toBe("");
    expect(result.status).toBe(0);
  });

  it("has configurations in which every setting exists, those that are not run as well", () => {
    const configurations = all.filter(({ language }) => language === "json");
    expect(configurations.length).toBeGreaterThan(5);
    mkdirSync(folder, { recursive: true });
    for (const block of configurations) {
      const path = join(folder, `${nameOf(block).replaceAll(/\W/g, "-")}.config.json`);
      writeFileSync(path, block.code);
      expect(() => readConfigFile(path)).not.toThrow();
    }
  });

  it("names only commands and options that there are", () => {
    const names = COMMANDS.map((row) => row.name).sort((left, right) => right.length - left.length);
    const wrong: string[] = [];
    for (const block of all.filter(({ language }) => language === "sh")) {
      for (const match of block.code.matchAll(/(?:^|[|&;]\s*)(?:npx )?apay ((?:[a-z-]+ ?)+)([^|&;#\n]*)/gm)) {
        const words = (match[1] ?? "").trim();
        const name = names.find((candidate) => words === candidate || words.startsWith(`${candidate} `));
        if (name === undefined) wrong.push(`${block.page}:${block.line}: apay ${words}`);
        const row = COMMANDS.find((candidate) => candidate.name === name);
        for (const [option] of `${words} ${match[2] ?? ""}`.matchAll(/(?<=\s)--[a-z-]+/g)) {
          const known =
            (row?.options ?? []).some((candidate) => candidate.flags.includes(option)) || GLOBAL.has(option);
          if (!known) wrong.push(`${block.page}:${block.line}: apay ${name ?? words} has no ${option}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
