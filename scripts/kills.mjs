/** `npm run kills`: `apay sync --watch` killed a hundred times on both stores while three shops trade for 88 days. */
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

process.env["KILLS"] ??= "100";
await installWhatIsMissing();
node([`${root}scripts/build.mjs`]);
node([`${root}node_modules/vitest/vitest.mjs`, "run", "tests/kills", ...process.argv.slice(2)]);
