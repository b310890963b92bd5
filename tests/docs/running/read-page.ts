import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { blocksOf, nameOf, type Block } from "../pages.ts";
import { openReports, type Program } from "./reports-fixture.ts";
import { apay, npm, psql, unzip, type Went } from "./programs.ts";
import { askIn, STAGES } from "./stages.ts";
import type { Environment } from "./environment.ts";

/** What came of a page. */
export interface Read {
  /** Every `apay` that the page ran. */
  readonly went: readonly Went[];
  /** What was not as it should be. */
  readonly wrong: readonly string[];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The reader puts what the page says into a configuration that is there already; what is there stays. */
function merged(there: Json, page: Json): Json {
  const result = { ...page, ...there };
  for (const [key, value] of Object.entries(page)) {
    const before = there[key];
    if (isObject(before) && isObject(value)) result[key] = merged(before, value);
  }
  return result;
}

/** One script of a page's blocks: they share a shell, as they do for a reader. Configurations and SQL are handed to the fixture. */
function scriptOf(blocks: readonly Block[]): string {
  const steps = blocks.map((block, index) =>
    block.language === "sh" ? `export __at="${nameOf(block)}"\n${block.code}` : `page-block ${index}`,
  );
  // A failing line is noted with the block it is in; those of apay are judged by their own record.
  const trap = `trap 'printf "%s: %s ended with %s\\n" "$__at" "$BASH_COMMAND" "$?" >> "$DOCS_FAILED"' ERR`;
  return ["set -o pipefail", trap, ...steps].join("\n");
}

const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** Lines of the page's blocks of text that the commands of the block before them did not print; `…` stands for anything. */
function notPrinted(page: string, went: readonly Went[]): string[] {
  return blocksOf(page).flatMap((block, index, all) => {
    const before = all[index - 1];
    if (block.language !== "text") return [];
    if (before?.language !== "sh") return [`${nameOf(block)}: the block before it has no commands`];
    const printed = plain(went.flatMap((one) => (one.at === nameOf(before) ? [one.out] : [])).join("\n"));
    return block.code
      .split("\n")
      .map(plain)
      .filter((line) => {
        const parts = line.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
        return line !== "" && !new RegExp(parts.join(".*?"), "u").test(printed);
      })
      .map((line) => `${nameOf(block)}: nothing printed ${line}\n${printed}`);
  });
}

/** Follows a page literally: its blocks in order, in an empty folder but for what its stage puts there. */
export async function readPage(page: string, environment: Environment): Promise<Read> {
  const stage = STAGES[page];
  if (stage === undefined) throw new Error(`${page} has blocks to run, and no stage in tests/docs/running/stages.ts`);
  const home = mkdtempSync(join(tmpdir(), "apay-page-"));
  const folder = join(home, "empty");
  const { merchant } = environment.traders[stage.region];
  const { ready } = environment.started;
  const [key] = merchant.keys;
  const config = join(folder, "apay.config.json");
  const connection = {
    region: stage.region,
    publicKeyId: key?.publicKeyId ?? "",
    privateKeyFile: key?.privateKeyFile ?? "",
    endpoint: ready.https,
    caFile: ready.caFile,
  };
  const went: Went[] = [];
  const wrong: string[] = [];
  const failed = join(home, "failed");
  mkdirSync(folder);
  if (stage.set !== false)
    writeFileSync(config, JSON.stringify({ accounts: { [stage.account]: connection } }, null, 2));
  const values = (await stage.prepare?.(folder, environment)) ?? {};
  const blocks = blocksOf(page)
    .filter(({ language, notRun }) => ["sh", "json", "sql"].includes(language) && notRun === undefined)
    .map((block) => ({
      ...block,
      code: Object.entries(values).reduce((code, [word, value]) => code.replaceAll(word, value), block.code),
    }));
  const pageBlock: Program = async (order) => {
    const block = blocks[Number(order.args[0])];
    if (block?.language === "sql") return psql({ ...order, args: [order.env["DATABASE_URL"] ?? "", "-c", block.code] });
    const before = existsSync(config) ? (JSON.parse(readFileSync(config, "utf8")) as Json) : {};
    writeFileSync(config, JSON.stringify(merged(before, JSON.parse(block?.code ?? "") as Json), null, 2));
    return 0;
  };
  const answers = Object.entries({ name: stage.account, ...connection }).flatMap(([name, value]) => [
    `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
  const late = Object.fromEntries(
    Object.entries(stage.late ?? {}).map(([word, find]) => [
      word,
      (order: { readonly env: Readonly<Record<string, string>> }) =>
        find(askIn(folder, order.env, environment), order.env),
    ]),
  );
  const reports = await openReports(join(home, "bin"), {
    apay: apay({ clock: environment.clock, answers, late, went }),
    npm,
    psql,
    unzip,
    "page-block": pageBlock,
  });
  try {
    writeFileSync(failed, "");
    const child = spawn("bash", ["-c", scriptOf(blocks)], {
      cwd: folder,
      env: { ...reports.env, HOME: home, LANG: "C.UTF-8", APAY_SANDBOX: ready.http, DOCS_FAILED: failed },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    await new Promise((resolve) => child.once("close", resolve));
    const [, errors] = await printed;
    for (const line of readFileSync(failed, "utf8").split("\n"))
      if (line !== "" && !/: (?:npx )?(?:apay|@amazon-pay-kit.(?:cli|sandbox)) /.test(line))
        wrong.push(`${line}\n${errors}`);
    for (const { line, status, out, err } of went) {
      const [, expected = 0] = stage.ends?.find(([command]) => command.test(line)) ?? [];
      if (status !== expected) wrong.push(`${page}: apay ${line} ended with ${status}, not ${expected}\n${out}${err}`);
    }
    wrong.push(...notPrinted(page, went));
  } finally {
    await reports.close();
    rmSync(home, { recursive: true, force: true });
  }
  return { went, wrong };
}
