import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { readConfigFile } from "../config/read-file.ts";
import type { AccountConfig } from "../config/schema.ts";
import { CliError } from "../errors.ts";

/**
 * Adds an account to a configuration file, which is made if it is not there, for its owner alone.
 *
 * @param replace whether one of that name may be replaced
 * @throws CliError `init.exists`
 */
export async function writeAccount(
  path: string,
  name: string,
  account: AccountConfig,
  replace: boolean,
): Promise<void> {
  const before = existsSync(path) ? readConfigFile(path) : {};
  if (before.accounts?.[name] !== undefined && !replace)
    throw new CliError("init.exists", `account "${name}" is already in ${path}`, {
      remedy: "give another --name, or --force to replace it",
    });
  const after = { ...before, accounts: { ...before.accounts, [name]: account } };
  await writeFile(path, `${JSON.stringify(after, null, 2)}\n`, { mode: 0o600 });
}
