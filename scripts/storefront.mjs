/** `npm run storefront`: install and build what is missing, then open the example shop. Arguments go to the shop. */
import { spawn } from "node:child_process";
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

await installWhatIsMissing();
node([`${root}scripts/build.mjs`], { stdio: ["ignore", 2, 2] });
const shop = spawn(process.execPath, ["--import", "tsx", "main.ts", ...process.argv.slice(2)], {
  cwd: `${root}examples/storefront`,
  env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => shop.kill(signal));
shop.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
