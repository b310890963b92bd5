import { existsSync, readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { confirm, intro, isCancel, outro, select, text as ask } from "@clack/prompts";
import { CONFIG_NAME } from "../config/config.ts";
import { readConfigFile } from "../config/read-file.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { AccountConfig } from "../config/schema.ts";
import type { Context } from "../program/context.ts";
import { writeAccount } from "../service/write-account.ts";

/** What the configuration of one account needs. */
interface Answers {
  name: string;
  region: string;
  publicKeyId: string;
  privateKeyFile: string;
  environment: string;
  endpoint?: string;
  caFile?: string;
}

const REGIONS = [
  { value: "na", label: "North America", hint: "pay-api.amazon.com, USD" },
  { value: "eu", label: "Europe and United Kingdom", hint: "pay-api.amazon.eu, EUR and GBP" },
  { value: "jp", label: "Japan", hint: "pay-api.amazon.jp, JPY" },
];

/** What was answered; Ctrl-C ends the questions without writing. */
function answered<T>(value: T): Exclude<T, symbol> {
  if (isCancel(value))
    throw new CliError("init.cancelled", "nothing was written", {
      exitStatus: EXIT.interrupted,
      remedy: "run apay init again when you like",
    });
  return value as Exclude<T, symbol>;
}

function required(what: string): (value: string | undefined) => string | undefined {
  return (value) => ((value ?? "").trim() === "" ? `${what} is needed` : undefined);
}

async function askAll(given: Partial<Answers>, cwd: string): Promise<Answers> {
  intro("Set up an Amazon Pay account");
  const region = given.region ?? answered(await select({ message: "Region", options: REGIONS }));
  const publicKeyId =
    given.publicKeyId ??
    answered(
      await ask({
        message: "Public key id (Seller Central > Integration Central > API keys)",
        placeholder: "SANDBOX-… or LIVE-…",
        validate: required("a key id"),
      }),
    );
  const privateKeyFile =
    given.privateKeyFile ??
    answered(
      await ask({
        message: "File with the private key (PEM)",
        placeholder: "private.pem",
        validate: (value) => required("a file")(value) ?? keyProblem(resolve(cwd, (value ?? "").trim()))?.message,
      }),
    );
  const prefixed = /^(live|sandbox)/i.exec(publicKeyId)?.[1]?.toLowerCase();
  const environment =
    given.environment ??
    prefixed ??
    answered(
      await select({
        message: "Environment",
        options: [
          { value: "sandbox", label: "sandbox" },
          { value: "live", label: "live" },
        ],
      }),
    );
  const name =
    given.name ??
    answered(await ask({ message: "Name of this account", initialValue: region, validate: required("a name") }));
  return { ...given, name, region, publicKeyId, privateKeyFile, environment };
}

/** Why a file cannot be the private key; undefined when it can. */
function keyProblem(path: string): CliError | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return new CliError("init.no-key", `there is no file ${path}`, {
      remedy: "make a key pair with: apay keys generate",
    });
  const head = readFileSync(path, "utf8").slice(0, 200);
  if (head.includes("PRIVATE KEY")) return undefined;
  return new CliError("init.not-a-key", `${path} holds no private key in PEM form`, {
    remedy: head.includes("PUBLIC KEY")
      ? "this is the public half: name the private one"
      : "download the key again from Seller Central",
  });
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const given: Partial<Answers> = {};
  for (const key of ["name", "region", "publicKeyId", "privateKeyFile", "environment", "endpoint", "caFile"] as const) {
    const value = text(input, key);
    if (value !== undefined) given[key] = value;
  }
  const complete = given.region !== undefined && given.publicKeyId !== undefined && given.privateKeyFile !== undefined;
  const person = context.terminal.out.isTTY && context.terminal.input.isTTY === true && !context.json;
  if (!complete && !person) {
    throw new CliError(
      "init.incomplete",
      "init needs --region, --public-key-id and --private-key-file when nobody can be asked",
      {
        remedy: "apay init --region na --public-key-id SANDBOX-… --private-key-file private.pem",
      },
    );
  }
  if (given.region !== undefined && !/^(na|eu|jp|us|de|uk)$/i.test(given.region)) {
    throw new CliError("config.region", `unknown region ${JSON.stringify(given.region)}`, {
      remedy: 'use "na", "eu" or "jp"',
    });
  }
  const answers = complete ? fill(given) : await askAll(given, context.terminal.cwd);
  const { cwd } = context.terminal;
  const keyPath = resolve(cwd, answers.privateKeyFile);
  const problem = keyProblem(keyPath);
  if (problem !== undefined) throw problem;
  const path = resolve(cwd, text(input, "config") ?? CONFIG_NAME);
  const before = existsSync(path) ? readConfigFile(path) : {};
  if (before.accounts?.[answers.name] !== undefined && !flag(input, "force")) {
    const replace =
      person &&
      !complete &&
      answered(
        await confirm({ message: `Replace account "${answers.name}" in ${relative(cwd, path)}?`, initialValue: false }),
      );
    if (!replace) {
      throw new CliError("init.exists", `account "${answers.name}" is already in ${path}`, {
        remedy: "give another --name, or --force to replace it",
      });
    }
  }
  const account = {
    region: answers.region.toLowerCase(),
    publicKeyId: answers.publicKeyId,
    privateKeyFile: relative(resolve(path, ".."), keyPath),
    ...(/^(live|sandbox)/i.test(answers.publicKeyId) ? {} : { environment: answers.environment }),
    ...(answers.endpoint === undefined ? {} : { endpoint: answers.endpoint }),
    ...(answers.caFile === undefined ? {} : { caFile: relative(resolve(path, ".."), resolve(cwd, answers.caFile)) }),
  };
  await writeAccount(path, answers.name, account as AccountConfig, true);
  if (context.json) context.document({ config: path, account: answers.name });
  else if (person && !complete) outro(`Written to ${relative(cwd, path)}. Next: apay doctor`);
  else context.line(`wrote account "${answers.name}" to ${relative(cwd, path)}; next: apay doctor`);
  return EXIT.done;
}

function fill(given: Partial<Answers>): Answers {
  const { region = "", publicKeyId = "", privateKeyFile = "" } = given;
  const prefixed = /^(live|sandbox)/i.exec(publicKeyId)?.[1]?.toLowerCase();
  return {
    ...given,
    name: given.name ?? region.toLowerCase(),
    region,
    publicKeyId,
    privateKeyFile,
    environment: given.environment ?? prefixed ?? "sandbox",
  };
}

export const init: CommandRow = {
  name: "init",
  summary: "set up an account: writes apay.config.json",
  description: "Asks for region, key id and key file, or takes them as options, and adds them to apay.config.json.",
  options: [
    { flags: "--name <name>", help: "name of the account (default: the region)" },
    { flags: "--environment <environment>", help: "for key ids without a prefix", choices: ["sandbox", "live"] },
    { flags: "--force", help: "replace an account of the same name" },
  ],
  examples: [
    ["apay init", "interactively"],
    [
      "apay init --region eu --public-key-id LIVE-AE… --private-key-file live.pem --name shop",
      "without prompts, e.g. in a script",
    ],
  ],
  run,
};
