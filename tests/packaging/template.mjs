/** The shop that `npm create @amazon-pay-kit` writes, with the packages as they would be published. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const SCOPE = "@amazon-pay-kit";

/** A `node_modules` with the unpacked packages of the kit, and beside them what the workspace has from others. */
function installed(folder, unpacked, root) {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, SCOPE), { recursive: true });
  for (const [name, place] of unpacked) cpSync(place, join(modules, SCOPE, name), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".") && name !== SCOPE)
      symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  return modules;
}

/**
 * Creates the shop, compiles it, and runs its tests.
 *
 * @param unpacked folder of each unpacked package, by its name without the scope
 * @returns what was tried, with the result of each program
 */
export function* tryTemplate({ folder, unpacked, root }) {
  mkdirSync(folder);
  const modules = installed(folder, unpacked, root);
  const run = (cwd, ...args) =>
    spawnSync(process.execPath, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: "", NODE_OPTIONS: "" },
    });
  yield ["npm create writes a shop", run(folder, join(modules, SCOPE, "create/bin/create.js"), "my-shop")];
  const shop = join(folder, "my-shop");
  yield ["the shop compiles", run(shop, join(modules, "typescript/bin/tsc"))];
  const tests = run(
    shop,
    "--import",
    "tsx",
    "--test",
    ...readdirSync(join(shop, "test")).map((name) => `test/${name}`),
  );
  const passed = Number(/^# pass (\d+)$/m.exec(tests.stdout ?? "")?.[1] ?? 0);
  yield ["its tests buy something", passed > 0 ? tests : { ...tests, status: 1 }];
}
