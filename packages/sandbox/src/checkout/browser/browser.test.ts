import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { checkoutScript } from "../checkout-script.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

test("the types in the comments hold", () => {
  const compiler = fileURLToPath(new URL("../../../../../node_modules/typescript/bin/tsc", import.meta.url));
  let findings = "";
  try {
    execFileSync(process.execPath, [compiler, "-p", `${here}tsconfig.json`], { encoding: "utf8" });
  } catch (error) {
    findings = (error as { stdout: string }).stdout;
  }
  expect(findings).toBe("");
});

test("every module is served, in order, as one classic script", () => {
  const script = checkoutScript();
  expect(() => new Script(script)).not.toThrow();
  // The page of the window has a script of its own.
  const ofTheShop = (name: string): boolean => name.endsWith(".js") && name !== "order-page.js";
  for (const file of readdirSync(here).filter(ofTheShop)) {
    const text = readFileSync(here + file, "utf8");
    for (const [, name] of text.matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)) {
      expect(script.match(new RegExp(`^(async )?(function|const) ${name}\\b`, "gm")), `${file}: ${name}`).toHaveLength(
        1,
      );
    }
  }
  expect(script).not.toMatch(/^(import|export) /m);
});
