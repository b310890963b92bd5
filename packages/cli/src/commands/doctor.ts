import { CHECKS } from "../doctor/checks.ts";
import type { Account } from "../config/config.ts";
import type { Check, Finding, NamedFinding } from "../doctor/check.ts";
import { EXIT } from "../errors.ts";
import { flag, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { failureOf } from "../program/failure.ts";

const MARKS: Readonly<Record<string, readonly [string, "green" | "yellow" | "red" | "dim"]>> = {
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

export const doctor: CommandRow = {
  name: "doctor",
  summary: "diagnose key, region, clock, connection and ledger",
  description:
    "Checks every account (or the one named by --account) and says how to fix what is wrong. For a refused signature it shows the canonical request, both strings to sign and the likely cause.",
  options: [{ flags: "--verbose", help: "show canonical request and strings to sign of a refused signature" }],
  examples: [
    ["apay doctor", "every account"],
    ["apay doctor --account us --verbose", "one account, with all details"],
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
