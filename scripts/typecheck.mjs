/** Type-checks everything, tests and examples included, with both compilers: what either refuses is an error. */
import { node, root } from "./toolbox.mjs";

const compilers = process.argv.includes("--all") ? ["typescript7", "typescript"] : ["typescript7"];
for (const compiler of compilers) node([`${root}node_modules/${compiler}/bin/tsc`, "-p", "tsconfig.check.json"]);
