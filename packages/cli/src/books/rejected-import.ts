import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";

/** An error of an import that was refused as a whole. */
export interface RefusedImport extends Error {
  readonly code: string;
  readonly problems: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

/**
 * Shows every problem of a file that was refused, by line, and makes the error that the command ends with.
 *
 * @param file its name; null for standard input
 */
export function refusal(context: Context, error: RefusedImport, file: string | null): Error {
  context.progress.end();
  const { problems } = error;
  const name = file ?? "standard input";
  if (problems.length === 0) return new CliError(error.code, `${name}: ${error.message}`, { cause: error });
  if (!context.json)
    for (const { line, code, message } of problems)
      context.line(`${context.paint("red", `line ${line}`)}  ${code}  ${message}`);
  const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new CliError(error.code, `import of ${name} rejected, nothing was stored: ${many}`, {
    remedy: "correct the lines above and import the file again; --dry-run checks without keeping",
    cause: error,
    problems,
  });
}
