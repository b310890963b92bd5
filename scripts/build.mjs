/** Builds every package. TypeScript 7 (native) does the work; TypeScript 6 where it has no binary. The client and the command line are bundled: see bundle.mjs of packages/sdk and packages/cli. */
import { spawnSync } from "node:child_process";
import { node, root } from "./toolbox.mjs";

const native = `${root}node_modules/typescript7/bin/tsc`;
const classic = `${root}node_modules/typescript/bin/tsc`;
const works = spawnSync(process.execPath, [native, "--version"], { stdio: "ignore" }).status === 0;
node([works ? native : classic, "-b", ...process.argv.slice(2)]);
node([`${root}packages/sdk/bundle.mjs`]);
node([`${root}packages/cli/bundle.mjs`]);
