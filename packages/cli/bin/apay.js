#!/usr/bin/env node
// By this way and not by `import`, which for its sake loads all that `node:fs` can give: streams, promises.
const { existsSync } = process.getBuiltinModule("node:fs");

const built = new URL("../dist/bundle/main.js", import.meta.url);
if (!existsSync(built)) {
  process.stderr.write("apay is not built yet. Run: npm run build\n");
  process.exit(2);
}
// From Node 22 on, what a start compiles is kept for the next one.
process.getBuiltinModule("node:module").enableCompileCache?.();
await import(built.href);
