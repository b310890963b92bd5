/** Type-checks everything, tests and examples included, with both compilers: what either refuses is an error. */
import { node, root } from "./toolbox.mjs";

const compilers = process.argv.includes("--all") ? ["typescript7", "typescript"] : ["typescript7"];
// What runs in pages has the DOM's types, which nothing else must take for granted.
const projects = ["tsconfig.check.json", "packages/browser/tsconfig.check.json"];
for (const compiler of compilers) {
  for (const project of projects) node([`${root}node_modules/${compiler}/bin/tsc`, "-p", project]);
}
