import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CHECKS } from "../doctor/checks.ts";
import type { Account } from "../config/config.ts";
import { wordsOf, type Check, type Finding, type NamedFinding } from "../doctor/check.ts";
import { reportOf } from "../doctor/report.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { failureOf } from "../program/failure.ts";

const MARKS: Readonly<Record<string, readonly [string, "green" | "yellow" | "red" | "dim"]>> = {
  __proto__: null as never,
  true: ["ok", "green"],
  warning: ["mind", "yellow"],
  false: ["WRONG", "red"],
  skipped: ["–", "dim"],
};

function show(context: Context, account: string, finding: NamedFinding, verbose: boolean): void {
  const [mark, style] = MARKS[String(finding.ok)] ?? ["?", "dim"];
  context.line(`${context.paint(style, mark.padEnd(6))} ${`${account}: ${finding.check}`.padEnd(38)} ${finding.found}`);
  if (finding.advice !== undefined)
    context.line(`${" ".repeat(7)}${context.paint("cyan", "do this:")} ${finding.advice}`);
  if (verbose && finding.detail !== undefined) context.line(finding.detail.replaceAll(/^/gm, " ".repeat(9)));
}

/** Nothing that a check throws ends the examination: it is a finding like any other. */
async function examined(
  check: Check,
  context: Context,
  account: Account,
  before: readonly NamedFinding[],
): Promise<Finding> {
  try {
    return await check.run(context, account, before);
  } catch (error) {
    if (context.signal.aborted) throw error;
    const { message, remedy } = failureOf(error);
    return { ok: false, found: message, ...(remedy === undefined ? {} : { advice: remedy }) };
  }
}

/** Writes a new file, readable by its owner: what stands there already is somebody's. */
async function writeReport(path: string, report: object): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(report, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new CliError(
      exists ? "doctor.report-exists" : "doctor.report-not-written",
      exists ? `${path} is there already` : `${path} cannot be written: ${wordsOf(error)}`,
      { remedy: "name another file with --report", cause: error },
    );
  }
}

export const doctor: CommandRow = {
  name: "doctor",
  summary: "diagnose key, region, clock, connection and ledger",
  description:
    "Checks every account (or the one named by --account) and says how to fix what is wrong. For a refused signature it shows the canonical request, both strings to sign and the likely cause.",
  options: [
    { flags: "--verbose", help: "show canonical request and strings to sign of a refused signature" },
    {
      flags: "--report <file>",
      help: "also write what was found to a new file, without secrets, identifiers and paths",
    },
  ],
  examples: [
    ["apay doctor", "every account"],
    ["apay doctor --account us --verbose", "one account, with all details"],
    ["apay doctor --report apay-report.json", "a file to show to others, for example with a bug report"],
  ],
  async run(context, input) {
    const config = context.config();
    const accounts =
      context.accountName === undefined && config.accounts.size > 0
        ? [...config.accounts.values()]
        : [context.account()];
    const results: (NamedFinding & { account: string })[] = [];
    for (const account of accounts) {
      const before: NamedFinding[] = [];
      for (const check of CHECKS) {
        context.progress.update(`${account.name}: ${check.name}`);
        const finding = { check: check.name, ...(await examined(check, context, account, before)) };
        context.progress.end();
        before.push(finding);
        results.push({ account: account.name, ...finding });
        if (!context.json) show(context, account.name, finding, flag(input, "verbose"));
      }
    }
    const report = text(input, "report");
    if (report !== undefined) await writeReport(resolve(context.terminal.cwd, report), reportOf(config, results));
    const wrong = results.filter((result) => result.ok === false).length;
    if (context.json) context.document({ findings: results, wrong });
    else
      context.line(
        wrong === 0
          ? context.paint("green", "Nothing is wrong.")
          : context.paint("red", `${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong.`),
      );
    return wrong === 0 ? EXIT.done : EXIT.problems;
  },
};
