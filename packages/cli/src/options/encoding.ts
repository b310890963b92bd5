import { isReportEncoding } from "@amazon-pay-kit/reports";
import { CliError } from "../errors.ts";
import { text, type Input } from "../program/command.ts";

/** The encoding that `--encoding` names; `undefined` when it was not given. @throws CliError for what is none of a report */
export function encodingOption(input: Input): string | undefined {
  const name = text(input, "encoding");
  if (name === undefined || isReportEncoding(name)) return name;
  throw new CliError("usage.encoding", `--encoding: a report cannot be read as ${JSON.stringify(name)}`, {
    remedy: "use utf-8, windows-1252 or shift_jis",
  });
}
