/** `npm test`: install and build what is missing, then run every test. Arguments go to vitest. */
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

await installWhatIsMissing();
node([`${root}scripts/build.mjs`]);
node([`${root}node_modules/vitest/vitest.mjs`, "run", ...process.argv.slice(2)]);
