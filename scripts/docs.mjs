/** `npm run docs`: writes the pages that are made from code, notes and the lock file. */
import { node, root } from "./toolbox.mjs";

node(
  [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "tests/docs/commands-page.test.ts",
    "tests/docs/troubleshooting-page.test.ts",
  ],
  {
    env: { ...process.env, WRITE_DOCS: "true" },
  },
);
node([`${root}scripts/decisions.mjs`]);
node([`${root}scripts/licences.mjs`]);
node([`${root}scripts/reference.mjs`]);
node([`${root}scripts/llms.mjs`]);
