import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { afterEach, describe, expect, it } from "vitest";
import { createSandbox } from "../service/create-sandbox.ts";
import type { ReadyFile } from "../server/ready-file.ts";

const SERVE = fileURLToPath(new URL("testing/serve.ts", import.meta.url));
const price = { amount: "5.00", currencyCode: "USD" } as const;

interface Running {
  readonly child: ChildProcess;
  readonly ready: ReadyFile;
  readonly pay: AmazonPay;
  permission(): Promise<string>;
}

describe("a durable sandbox that is killed", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-kill-"));
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function serve(): Promise<Running> {
    const args = ["--import", "tsx", "--conditions", "@amazon-pay-kit/source", SERVE, dataDir];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const ready = JSON.parse(line) as ReadyFile;
    const merchant = ready.merchants[0];
    const key = merchant?.keys[0];
    const pay = new AmazonPay({
      region: "na",
      publicKeyId: key?.publicKeyId ?? "",
      privateKey: readFileSync(key?.privateKeyFile ?? "", "utf8"),
      baseUrl: ready.http,
      maxRetries: 0,
    });
    const permission = async (): Promise<string> => {
      const answer = await fetch(`${ready.http}/_sandbox/charge-permissions`, {
        method: "POST",
        body: JSON.stringify({ merchantId: merchant?.merchantId, type: "OneTime", ...price }),
      });
      return ((await answer.json()) as { readonly chargePermissionId: string }).chargePermissionId;
    };
    return { child, ready, pay, permission };
  }

  it("has lost no answered call, does no answered work again, and can be started at once", async () => {
    const first = await serve();
    const exit = once(first.child, "exit");
    await expect(createSandbox({ dataDir })).rejects.toThrow(/in use by process \d+/);
    const answered: { chargePermissionId: string; idempotencyKey: string; chargeId: string }[] = [];
    const traders = Array.from({ length: 6 }, async (_, trader) => {
      for (let turn = 0; ; turn += 1) {
        const idempotencyKey = `t${trader}x${turn}`;
        const chargePermissionId = await first.permission();
        const { chargeId } = await first.pay.charges.create(
          { chargePermissionId, chargeAmount: price },
          { idempotencyKey },
        );
        answered.push({ chargePermissionId, idempotencyKey, chargeId });
        // In the midst of the work of the others.
        if (answered.length >= 100) first.child.kill("SIGKILL");
      }
    });
    // Each of them trades until its call is not answered any more.
    const ends = await Promise.allSettled(traders);
    expect(ends.map(({ status }) => status)).toEqual(traders.map(() => "rejected"));
    expect(await exit).toEqual([null, "SIGKILL"]);
    expect(answered.length).toBeGreaterThanOrEqual(100);

    const second = await serve();
    expect(second.ready.merchants).toEqual(first.ready.merchants);
    for (const { chargePermissionId, idempotencyKey, chargeId } of answered) {
      expect((await second.pay.charges.retrieve(chargeId)).statusDetails.state).toBe("Authorized");
      const again = await second.pay.charges.create({ chargePermissionId, chargeAmount: price }, { idempotencyKey });
      expect(again.chargeId).toBe(chargeId);
    }
  });
});
