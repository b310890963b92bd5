import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { KitError } from "@amazon-pay-kit/money";

/** What can be wrong: `create.folder` the folder cannot be used, `create.name` its name is no package name, `create.option` the call. */
export type CreateErrorCode = "create.folder" | "create.name" | "create.option";

/** A shop cannot be written. Nothing has been. */
export class CreateError extends KitError {
  override readonly name = "CreateError";
  readonly code: CreateErrorCode;

  constructor(code: CreateErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where the shop goes, and what it is called. */
export interface CreateOptions {
  /** A folder that does not exist yet, or is empty. */
  readonly folder: string;
  /** Name in its `package.json`. Default: that of the folder. */
  readonly name?: string | undefined;
}

/** A shop that was written. */
export interface CreatedShop {
  /** Absolute path. */
  readonly folder: string;
  readonly name: string;
  /** Paths below `folder`, sorted. */
  readonly files: readonly string[];
}

const TEMPLATE = fileURLToPath(new URL("../template/", import.meta.url));
/** npm leaves files of these names out of a package, so the template has them under others. */
const RENAMED = [
  ["_gitignore", ".gitignore"],
  ["_env.example", ".env.example"],
] as const;
/** https://docs.npmjs.com/cli/configuring-npm/package-json#name, without a scope. */
const PACKAGE_NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;

/**
 * Writes the shop.
 *
 * @example createShop({ folder: "my-shop" }).name // "my-shop"
 * @throws CreateError `create.folder` for a folder that has something in it, `create.name` for a name that npm refuses
 */
export function createShop(options: CreateOptions): CreatedShop {
  const folder = resolve(options.folder);
  const name = options.name ?? basename(folder);
  if (!PACKAGE_NAME.test(name)) {
    throw new CreateError(
      "create.name",
      `"${name}" is no name of a package: lower-case letters, digits, "-", "_" and "." only; give one with --name`,
    );
  }
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory())
      throw new CreateError("create.folder", `${folder} is a file: name a new folder`);
    if (readdirSync(folder).length > 0)
      throw new CreateError(
        "create.folder",
        `${folder} is not empty, and nothing in it is overwritten: name a new folder`,
      );
  }
  mkdirSync(folder, { recursive: true });
  cpSync(TEMPLATE, folder, { recursive: true });
  for (const [from, to] of RENAMED) renameSync(join(folder, from), join(folder, to));
  const manifest = join(folder, "package.json");
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const text = readFileSync(manifest, "utf8").replaceAll("{{name}}", name).replaceAll("{{version}}", version);
  writeFileSync(manifest, text);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
  return { folder, name, files };
}
