/** `npm start`: install and build what is missing, then run the demo. Arguments go to `apay demo`. */
import { spawn } from "node:child_process";
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

await installWhatIsMissing();
node([`${root}scripts/build.mjs`], { stdio: ["ignore", 2, 2] });
const demo = spawn(process.execPath, [`${root}packages/cli/bin/apay.js`, "demo", ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => demo.kill(signal));
demo.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
