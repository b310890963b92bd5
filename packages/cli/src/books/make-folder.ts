import { makeFoldersSync } from "@amazon-pay-kit/backports";
import { CliError } from "../errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the disk is read-only",
  ENOENT: "no folder can be made there",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "there is a file of that name",
};

/**
 * Makes a folder and those above it.
 *
 * @param mode permissions of what is made, less the process's mask. Default: all
 * @throws CliError `folder.cannot-make`, which names the folder and the reason
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    makeFoldersSync(path, mode);
  } catch (error) {
    const { code = "", path: place = path } = error as NodeJS.ErrnoException;
    throw new CliError(
      "folder.cannot-make",
      `cannot make the folder ${place}: ${REASONS[code] ?? (error as Error).message}`,
      {
        remedy: "name a folder that you can write to",
        cause: error,
      },
    );
  }
}
