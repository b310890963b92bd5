import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { z } from "zod";
import type { CommandRow, Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { merchantOf, sandboxOf } from "../sandbox/control-client.ts";
import { readPages, searchPages, type Page } from "./pages.ts";
import { REMEDIES } from "./remedies.ts";
import { runRow } from "./run-row.ts";

/** Commands that are tools as well. */
export type Rows = Readonly<
  Record<
    | "exceptionsList"
    | "explain"
    | "logs"
    | "sandboxBuyer"
    | "sandboxClock"
    | "sandboxFault"
    | "sandboxNotify"
    | "sandboxReset"
    | "settlementsList"
    | "settlementsShow"
    | "trigger",
    CommandRow
  >
>;

/** Values of a tool's arguments, as its schema has checked them. */
export type Given = Readonly<Record<string, unknown>>;

/** A tool that an assistant can call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** Changes nothing that is kept. */
  readonly readOnly: boolean;
  readonly input: Readonly<Record<string, z.ZodType>>;
  readonly run: (given: Given) => Promise<string>;
}

const text = (what: string) => z.string().min(1).describe(what);
const maybe = (what: string) => z.string().min(1).optional().describe(what);
const ACCOUNT = { account: maybe("account in apay.config.json; all of them when left out") };
const MERCHANT = { merchant: maybe("merchant id, or na, eu or jp; the first merchant when left out") };

/** Every tool: the documentation, the API, a running sandbox, and the books, which are only read. */
export function toolsOf(context: Context, rows: Rows, sandboxAddress: () => string | undefined): readonly Tool[] {
  let pages: readonly Page[] | undefined;
  const all = (): readonly Page[] => (pages ??= readPages());
  const sandboxOptions = (): Input["options"] => ({ sandbox: sandboxAddress() });
  const control = () => sandboxOf(context, { args: [], options: sandboxOptions() });
  /** A tool that is a command of the command line. */
  const command = (
    row: CommandRow,
    tool: Pick<Tool, "name" | "readOnly" | "input"> & {
      readonly description?: string;
      readonly args?: readonly string[];
    },
    place: "books" | "sandbox",
  ): Tool => {
    // What the command does not know would be passed over in silence.
    for (const name of Object.keys(tool.input))
      if (tool.args?.includes(name) !== true && !takes(row, name))
        throw new TypeError(`${tool.name}: apay ${row.name} has no option ${name}`);
    return {
      description: row.description ?? row.summary,
      ...tool,
      run: (given) => {
        const args = (tool.args ?? []).map((name) => shown(given[name]));
        const options = Object.entries(given).filter(([name]) => tool.args?.includes(name) !== true);
        const values = options.map(([name, value]) => [name, typeof value === "number" ? String(value) : value]);
        const where = place === "sandbox" ? sandboxOptions() : {};
        return runRow(context, row, args, { ...where, ...(Object.fromEntries(values) as Input["options"]) });
      },
    };
  };
  const json = (value: unknown): string => JSON.stringify(value, null, 2);

  return [
    {
      name: "docs_search",
      description:
        "Search the documentation of Amazon Pay Kit and the rules of Amazon Pay: sections that fit, best first.",
      readOnly: true,
      input: { query: text("a few words, such as: pending authorization") },
      run: ({ query }) => Promise.resolve(json(searchPages(all(), shown(query)))),
    },
    {
      name: "docs_read",
      description: "Read a whole page of the documentation.",
      readOnly: true,
      input: { path: text("path of the page, such as docs/quick-start.md; docs_search gives paths") },
      run: ({ path }) => {
        const found = all().find((page) => page.path === path);
        if (found !== undefined) return Promise.resolve(found.text);
        const guides = all().filter((page) => !page.path.startsWith("docs/reference/"));
        throw new Error(`there is no page ${shown(path)}; guides: ${guides.map((page) => page.path).join(", ")}`);
      },
    },
    {
      name: "api_operations",
      description: "List the operations of Amazon Pay API v2, or show one with the members of its request.",
      readOnly: true,
      input: { name: maybe("name of an operation, such as createCharge; all when left out") },
      run: ({ name }) => {
        const operations = OPERATIONS.map((row) => ({ name: row.name, method: row.method, path: `/v2${row.path}` }));
        if (name === undefined) return Promise.resolve(json(operations));
        const row = OPERATIONS.find((each) => each.name === name);
        if (row === undefined)
          throw new Error(`there is no operation ${shown(name)}; see api_operations without a name`);
        const plain = (_: string, value: unknown): unknown =>
          value instanceof RegExp ? String(value) : typeof value === "bigint" ? String(value) : value;
        const body = "body" in row && typeof row.body === "function" ? (row.body as () => unknown)() : null;
        return Promise.resolve(JSON.stringify({ ...operations.find((each) => each.name === name), body }, plain, 2));
      },
    },
    {
      name: "explain_reason_code",
      description: "What a reason code of Amazon Pay means, and what to do about it.",
      readOnly: true,
      input: { code: text("such as InvalidChargePermissionStatus") },
      run: ({ code }) => {
        const found = Object.entries(REMEDIES).find(([name]) => name === code);
        if (found !== undefined) return Promise.resolve(json({ code, ...found[1] }));
        throw new Error(`there is no reason code ${shown(code)}; known: ${Object.keys(REMEDIES).join(", ")}`);
      },
    },
    {
      name: "sandbox_status",
      description:
        "Whether a sandbox runs, its address, time and merchants with their ids and key ids (no private keys).",
      readOnly: true,
      input: {},
      run: async () => {
        const sandbox = control();
        const { merchants } = await sandbox.call<{ merchants: Record<string, unknown>[] }>("GET", "/merchants");
        const keys = (merchant: Record<string, unknown>) =>
          (merchant["keys"] as { publicKeyId: string }[]).map(({ publicKeyId }) => publicKeyId);
        return json({
          address: sandbox.address,
          inspector: `${sandbox.address}/_sandbox/ui`,
          clock: await sandbox.call("GET", "/clock"),
          merchants: merchants.map((merchant) => ({ ...merchant, keys: keys(merchant), mws: undefined })),
        });
      },
    },
    {
      name: "sandbox_create_charge_permission",
      description:
        "Make a charge permission in the sandbox, as if a buyer had gone through the checkout: it can be charged.",
      readOnly: false,
      input: {
        ...MERCHANT,
        type: z.enum(["OneTime", "Recurring", "PaymentMethodOnFile"]).optional(),
        amount: text('decimal text, such as "25.00"; "2500" in JPY'),
        instrument: maybe("test card by last digits, such as 1111"),
      },
      run: async ({ merchant, ...order }) => {
        const { merchantId } = await merchantOf(control(), merchant as string | undefined);
        return json(await control().call("POST", "/charge-permissions", { merchantId, ...order }));
      },
    },
    command(
      rows.sandboxBuyer,
      {
        name: "sandbox_pay",
        readOnly: false,
        args: ["session", "action"],
        input: {
          session: text("checkout session id"),
          action: z.enum(["sign-in", "approve", "cancel", "decline", "fail"]),
          card: maybe("test card, by last digits (3434 is declined) or id"),
        },
        description:
          "Act as the buyer of a checkout session of the sandbox: sign-in first, then approve, once the shop has set amount and result address.",
      },
      "sandbox",
    ),
    command(
      rows.sandboxClock,
      {
        name: "sandbox_clock",
        readOnly: false,
        input: {
          advance: maybe("duration, such as PT1H or P31D"),
          to: maybe("a moment, such as 2026-01-31T00:00:00Z"),
        },
      },
      "sandbox",
    ),
    command(
      rows.sandboxFault,
      {
        name: "sandbox_fault",
        readOnly: false,
        args: ["fault"],
        input: {
          fault: z.enum(["status", "throttle", "reset", "lost-answer", "hang", "slow", "truncate"]).optional(),
          method: maybe("only calls with this method"),
          path: maybe("only calls with this path, such as /v2/charges"),
          times: z.number().int().min(1).optional().describe("how many calls; 1 when left out"),
          status: z.number().int().optional().describe("HTTP status, for the fault status"),
          clear: z.boolean().optional().describe("take all faults away"),
        },
      },
      "sandbox",
    ),
    command(
      rows.trigger,
      {
        name: "sandbox_trigger",
        readOnly: false,
        args: ["event"],
        input: { ...MERCHANT, event: text("such as charge.declined; sandbox_events_list names them") },
      },
      "sandbox",
    ),
    {
      name: "sandbox_events_list",
      description: "The events that sandbox_trigger can make happen.",
      readOnly: true,
      input: {},
      run: () => runRow(context, rows.trigger, [], { list: true }),
    },
    command(
      rows.sandboxNotify,
      {
        name: "sandbox_notifications",
        readOnly: false,
        input: { ...MERCHANT, url: maybe("send the merchant's notifications to this address; none for nowhere") },
      },
      "sandbox",
    ),
    command(
      rows.logs,
      {
        name: "sandbox_calls",
        readOnly: true,
        input: { failed: z.boolean().optional(), limit: z.number().int().min(1).max(100).optional() },
      },
      "sandbox",
    ),
    command(rows.sandboxReset, { name: "sandbox_reset", readOnly: false, input: {} }, "sandbox"),
    command(
      rows.explain,
      {
        name: "books_explain",
        readOnly: true,
        args: ["figure"],
        input: {
          ...ACCOUNT,
          figure: text("an amount, id or day"),
          expected: maybe("the amount that was expected"),
          currency: maybe("three letters"),
        },
      },
      "books",
    ),
    command(
      rows.exceptionsList,
      {
        name: "books_exceptions",
        description: "List the differences that the books have found, with codes, amounts and causes.",
        readOnly: true,
        input: {
          ...ACCOUNT,
          status: z.enum(["to-do", "open", "explained", "resolved", "reopened", "all"]).default("to-do"),
          code: maybe("such as capture.unsettled"),
          settlement: maybe("settlement id"),
        },
      },
      "books",
    ),
    command(
      rows.settlementsList,
      {
        description: "List settlements (payouts) with their verdicts, newest first.",
        name: "books_settlements",
        readOnly: true,
        input: {
          ...ACCOUNT,
          currency: maybe("three letters"),
          status: z.enum(["balanced", "exceptions", "explained"]).optional(),
        },
      },
      "books",
    ),
    command(
      rows.settlementsShow,
      { name: "books_settlement", readOnly: true, args: ["id"], input: { ...ACCOUNT, id: text("settlement id") } },
      "books",
    ),
  ];
}

/** Whether a command has an option; `--account` is one of all commands. */
const takes = (row: CommandRow, name: string): boolean =>
  name === "account" || (row.options ?? []).some(({ flags }) => new RegExp(`--${kebab(name)}(?![\\w-])`).test(flags));

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const shown = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : String(value);
