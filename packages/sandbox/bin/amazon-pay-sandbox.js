#!/usr/bin/env node
import { existsSync } from "node:fs";
import * as modules from "node:module";

const built = new URL("../dist/command/main.js", import.meta.url);
if (!existsSync(built)) {
  process.stderr.write("the sandbox is not built yet. Run: npm run build\n");
  process.exit(2);
}
// From Node 22 on, what a start compiles is kept for the next one.
modules.enableCompileCache?.();
await import(built.href);
