import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyBlock, nameOf, root, type Block } from "./pages.ts";
import type { Facts, Ran } from "./programs/facts.ts";

// Inside the repository, so that the published names resolve as they do for a user.
const folder = join(root, "node_modules/.cache/apay-docs-run");
const fileOf = (block: Block): string => join(folder, `${nameOf(block).replaceAll(/\W/g, "-")}.ts`);
const programs = everyBlock().filter(({ language, notRun }) => language === "ts" && notRun === undefined);
const isTest = ({ code }: Block): boolean => /from "vitest"/.test(code);
/** The region for which a page is written. */
const REGION: Readonly<Record<string, string>> = { "docs/integrate-checkout.md": "eu" };

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
for (const block of programs.filter(isTest)) writeFileSync(fileOf(block), block.code);

describe("the tests of the pages", async () => {
  for (const block of programs.filter(isTest)) await import(/* @vite-ignore */ fileOf(block));
});

describe("the programs of the pages", () => {
  let started: StartedSandbox;
  let ran: Ran[];

  /** What stands in the pages for something that each reader has of their own. */
  async function values(): Promise<Record<string, string>> {
    const [merchant] = started.ready.merchants;
    const [key] = merchant!.keys;
    const permission = async (): Promise<string> => {
      const wanted = { merchantId: merchant!.merchantId, amount: "49.90", currencyCode: "USD" };
      return (await started.sandbox.control("POST", "/charge-permissions", wanted)).chargePermissionId;
    };
    const pay = new AmazonPay({
      region: "na",
      publicKeyId: key!.publicKeyId,
      privateKey: readFileSync(key!.privateKeyFile, "utf8"),
      baseUrl: started.ready.https,
      ca: readFileSync(started.ready.caFile, "utf8"),
    });
    const chargeAmount = { amount: "49.90", currencyCode: "USD" } as const;
    const charge = await pay.charges.create({ chargePermissionId: await permission(), chargeAmount, captureNow: true });
    pay.close();
    return {
      "S01-1234567-1234567-C123456": charge.chargeId,
      "S01-1234567-1234567": await permission(),
      "SANDBOX-AE00000000000000000000": key!.publicKeyId,
    };
  }

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "programs", processing: "straight" });
    const { ready } = started;
    const facts: Facts = {
      http: ready.http,
      https: ready.https,
      caFile: ready.caFile,
      merchants: Object.fromEntries(
        ready.merchants.map(({ region, merchantId, storeId, keys: [key] }) => [
          region,
          { merchantId, storeId, publicKeyId: key!.publicKeyId, privateKeyFile: key!.privateKeyFile },
        ]),
      ),
    };
    const real = Object.entries(await values());
    const pages = new Map<string, Block[]>();
    for (const block of programs.filter((one) => !isTest(one))) {
      writeFileSync(
        fileOf(block),
        `${real.reduce((code, [word, value]) => code.replaceAll(word, value), block.code)}\nexport {};\n`,
      );
      pages.set(block.page, [...(pages.get(block.page) ?? []), block]);
    }
    const here = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));
    const child = spawn(
      process.execPath,
      ["--import", here("reroute.mjs"), "--import", "tsx", "--conditions=@amazon-pay-kit/source", here("main.ts")],
      {
        cwd: root,
        env: { PATH: process.env["PATH"], DOCS_SANDBOX: ready.https, NODE_EXTRA_CA_CERTS: ready.caFile },
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    child.stdin.end(
      JSON.stringify({
        facts,
        pages: Array.from(pages, ([page, blocks]) => ({
          page,
          region: REGION[page] ?? "na",
          programs: blocks.map((block) => ({ name: nameOf(block), file: fileOf(block) })),
        })),
      }),
    );
    ran = JSON.parse(await textOf(child.stdout)) as Ran[];
  });
  afterAll(async () => {
    await started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("run, as do the functions that they export", () => {
    expect(ran.filter(({ error }) => error !== null)).toEqual([]);
    expect(ran.map(({ name }) => name)).toEqual(programs.filter((block) => !isTest(block)).map(nameOf));
    for (const { name, exported, called } of ran)
      expect([name, [...new Set(called)].sort()]).toEqual([name, [...exported].sort()]);
  });

  it("print what the pages say", () => {
    for (const block of programs.filter((one) => !isTest(one))) {
      const output = Array.from(block.code.matchAll(/^console\.log\(.*\); \/\/ (.+)$/gm), ([, words]) => words);
      expect([nameOf(block), ran.find(({ name }) => name === nameOf(block))?.printed]).toEqual([nameOf(block), output]);
    }
  });
});
