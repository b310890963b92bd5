import type { CommandRow } from "../program/command.ts";
import { completion } from "./completion.ts";
import { init } from "./init.ts";
import { keysGenerate } from "./keys.ts";
import { parse } from "./parse.ts";

/** What each group of commands is about. */
export const GROUPS: Readonly<Record<string, string>> = {
  keys: "key pairs",
  button: "the Amazon Pay button",
  reports: "the Reports API by hand",
  "reports schedules": "standing orders for reports",
  disbursements: "payouts to the bank",
  archive: "the kept bytes",
  records: "your own charges and refunds",
  bank: "bank statements",
  settlements: "verdicts on settlements",
  exceptions: "differences to explain",
  jobs: "work of the workers",
  sandbox: "Amazon Pay on your own machine",
};

/** Every command, in the order of the help. A new command is one file and one line here. */
export const COMMANDS: readonly CommandRow[] = [init, keysGenerate, parse, completion];
