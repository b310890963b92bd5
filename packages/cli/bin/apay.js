#!/usr/bin/env node
import { existsSync } from "node:fs";
import * as modules from "node:module";

const built = new URL("../dist/bundle/main.js", import.meta.url);
if (!existsSync(built)) {
  process.stderr.write("apay is not built yet. Run: npm run build\n");
  process.exit(2);
}
// From Node 22 on, what a start compiles is kept for the next one.
modules.enableCompileCache?.();
await import(built.href);
