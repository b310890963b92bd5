import { createPublicKey } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createSandbox } from "@amazon-pay-kit/sandbox";
import { fetchTransport, findRegion, nodeTransport } from "@amazon-pay-kit/sdk";
import { accountOf } from "../accounts/known-accounts.ts";
import { compareServices, type Comparison } from "../compare/compare.ts";
import type { Side } from "../compare/side.ts";
import { privateKeyOf, type Account } from "../config/config.ts";
import { CliError, EXIT } from "../errors.ts";
import { text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { authorityOf } from "../service/client.ts";
import { VERSION } from "../program/version.ts";

const CURRENCIES = { na: "USD", eu: "EUR", jp: "JPY" } as const;
const PREFIX = { na: "S01", eu: "S02", jp: "S03" } as const;

export const sandboxCompare: CommandRow = {
  name: "sandbox compare",
  summary: "compare Amazon's own sandbox with this one, with your sandbox keys",
  description:
    "Makes the same calls to Amazon's sandbox, with the key of the account, and to a sandbox of this kit that knows the same key, and lists what differs in statuses, members, their order, codes and headers. Ids, keys, names, addresses and times are taken out of everything that is shown or written, so that it can be attached to a report. Only environments called sandbox are called. Exit status 1 when something differs.",
  options: [
    { flags: "--store-id <id>", help: 'store id of the account: "amzn1.application-oa2-client.…"' },
    {
      flags: "--charge-permission <id>",
      help: "a charge permission of the account that a test buyer has agreed to, for what needs one; it is charged once",
    },
    { flags: "--out <file>", help: "write the whole comparison to this file, as JSON" },
    { flags: "--record <dir>", help: "keep the shape of each of Amazon's answers in this folder, as a fixture" },
  ],
  examples: [
    ["apay sandbox compare --account shop --store-id amzn1.application-oa2-client.5f0c1d", "what differs"],
    ["apay sandbox compare --store-id amzn1.application-oa2-client.5f0c1d --out compare.json", "for a report"],
  ],
  async run(context, input) {
    const account = await accountOf(context);
    const comparison = await compareAccount(context, input, account);
    const { steps, skipped, unanswered, differences } = comparison;
    if (steps.every(({ live }) => live === null)) {
      throw new CliError("compare.no-answer", `no call to Amazon was answered: ${unanswered[0]?.why ?? ""}`, {
        exitStatus: EXIT.service,
        remedy: "run apay doctor for this account",
      });
    }
    const document = { version: VERSION, region: account.region, ...comparison };
    const out = text(input, "out");
    if (out !== undefined) write(resolve(context.terminal.cwd, out), document);
    const record = text(input, "record");
    if (record !== undefined) recordShapes(resolve(context.terminal.cwd, record), comparison);
    if (context.json) context.document(document);
    else show(context, comparison);
    return differences.length > 0 || skipped.length + unanswered.length === steps.length ? EXIT.problems : EXIT.done;
  },
};

async function compareAccount(context: Context, input: Input, account: Account): Promise<Comparison> {
  const { publicKeyId } = account;
  const region = findRegion(account.region)?.region ?? "na";
  const storeId = text(input, "storeId");
  if (publicKeyId === undefined)
    throw new CliError("config.no-public-key-id", `account "${account.name}" has no public key id`, {
      remedy: "set publicKeyId",
    });
  if (publicKeyId.startsWith("LIVE-") || (!publicKeyId.startsWith("SANDBOX-") && account.environment !== "sandbox")) {
    throw new CliError(
      "compare.live",
      `account "${account.name}" is for the live environment: nothing is tried out there`,
      { remedy: "use a key that begins with SANDBOX-, or environment sandbox" },
    );
  }
  if (storeId === undefined)
    throw new CliError("usage.store-id", "--store-id is needed", {
      remedy: "it is the client id of the store in Seller Central",
    });
  const privateKey = privateKeyOf(account);
  const currency = CURRENCIES[region];
  const amounts = currency === "JPY" ? { amount: "1000", more: "2000" } : { amount: "10.00", more: "20.00" };
  const common = { storeId, currency, ...amounts, unknown: `${PREFIX[region]}-0000000-0000000` };
  const given = text(input, "chargePermission");
  const { clock, random } = context;
  const options = {
    region,
    publicKeyId,
    privateKey,
    environment: "sandbox",
    algorithm: account.algorithm,
    clock,
    random,
  } as const;
  const sandbox = await createSandbox({ strict: true, merchants: [{ region }] });
  const wire = nodeTransport({ ca: authorityOf(account) });
  try {
    const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" });
    const added = { region, storeId, publicKeyId, publicKey };
    const { merchantId } = (await sandbox.control("POST", "/merchants", added)) as { readonly merchantId: string };
    const own = await sandbox.control("POST", "/charge-permissions", { merchantId, type: "OneTime", amount: "5000" });
    const live: Side = {
      name: "Amazon",
      options: { ...options, baseUrl: account.endpoint },
      transport: wire,
      known: { ...common, ...(given === undefined ? {} : { permission: given }) },
    };
    const ours: Side = {
      name: "the sandbox",
      options,
      transport: fetchTransport((request) => sandbox.fetch(request)),
      known: { ...common, permission: own.chargePermissionId },
    };
    return await compareServices(live, ours, random, (name) => context.info(`asking both: ${name}`));
  } finally {
    wire.close();
    await sandbox.close();
  }
}

function write(path: string, document: object): void {
  try {
    writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw new CliError("compare.out", `cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** One file a step: what Amazon answered, as far as it is the same for everybody. */
function recordShapes(folder: string, { steps }: Comparison): void {
  const word = (name: string): string => name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase();
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new CliError("compare.record", `cannot make ${folder}: ${(error as Error).message}`, { cause: error });
  }
  for (const { scenario, step, method, path, live } of steps)
    if (live !== null) write(join(folder, `${word(scenario)}--${word(step)}.json`), { method, path, ...live });
}

function show(context: Context, { steps, differences, skipped, unanswered }: Comparison): void {
  if (differences.length > 0) {
    context.table(differences, [
      { title: "scenario", value: ({ scenario }) => scenario, spare: 2 },
      { title: "step", value: ({ step }) => step },
      { title: "what", value: ({ kind }) => kind },
      { title: "at", value: ({ at }) => at },
      { title: "Amazon", value: ({ live }) => live, spare: 1 },
      { title: "sandbox", value: ({ ours }) => ours, spare: 1 },
    ]);
    context.line();
  }
  for (const { scenario, why } of skipped) context.line(`not asked: ${scenario}: ${why}`);
  for (const { scenario, step, why } of unanswered) context.line(`no answer: ${scenario}, ${step}: ${why}`);
  context.line(`${steps.length} calls compared, ${differences.length} differences`);
}
