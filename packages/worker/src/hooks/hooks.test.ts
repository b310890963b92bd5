import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { raiseAlert } from "../../../ledger/src/outbox/alerts.ts";
import { type Ledger, openLedger } from "../../../ledger/src/ledger.ts";
import { appendEvent } from "../../../ledger/src/outbox/append-event.ts";
import { EVENT_CODES } from "../../../ledger/src/outbox/event-codes.ts";
import { deliverEvents, registerHooks } from "./deliver.ts";
import { checkHooks, type Hook, type HookMessage } from "./hook.ts";
import { hookSignature, verifyHookSignature } from "./signature.ts";

const START = Date.UTC(2026, 0, 5);
const never = new AbortController().signal;
let clock: ManualClock;
let ledger: Ledger;
beforeEach(async () => {
  clock = manualClock(START);
  ledger = await openLedger({ dataDir: ":memory:", clock });
});
afterEach(() => ledger.close());

const happens = (subject: string): Promise<void> =>
  appendEvent(ledger.store.db, clock, { accountId: "A1", code: "report.loaded", subject, facts: { rows: 3 } });

it("have a line for each event on the page about webhooks", async () => {
  const page = await readFile(join(import.meta.dirname, "../../../../docs/webhooks.md"), "utf8");
  for (const [code, when] of Object.entries(EVENT_CODES)) expect(page).toContain(`| \`${code}\` | ${when} |`);
});

describe("hooks that make no sense", () => {
  it.each<[Hook[], string]>([
    [[{ name: "", command: ["true"] }], "hook.bad-option"],
    [
      [
        { name: "a", command: ["true"] },
        { name: "a", command: ["true"] },
      ],
      "hook.bad-option",
    ],
    [[{ name: "a", command: [""] }], "hook.bad-option"],
    [[{ name: "a", url: "nowhere", secret: "s" }], "hook.bad-option"],
    [[{ name: "a", url: "https://example.com", secret: "" }], "hook.bad-option"],
    [[{ name: "a", url: "http://example.com", secret: "s" }], "hook.insecure-url"],
    [[{ name: "a", url: "https://example.com", secret: "s", disableAfterDays: 0 }], "hook.bad-option"],
    [[{ name: "a", url: "https://example.com", secret: "s", disableAfterDays: 31 }], "hook.bad-option"],
    ...[
      "http://localhost/",
      "https://127.1/",
      "https://0x7f000001/",
      "https://10.1.2.3/",
      "https://169.254.169.254/latest/meta-data/",
      "https://192.168.0.1/",
      "https://172.31.255.255/",
      "https://100.64.0.1/",
      "https://0.0.0.0/",
      "https://255.255.255.255/",
      "https://[::1]/",
      "https://[::]/",
      "https://[fd00::1]/",
      "https://[fe80::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://[64:ff9b::a00:1]/",
      "https://[2002:a00:1::]/",
    ].map((url): [Hook[], string] => [[{ name: "a", url, secret: "s" }], "hook.private-address"]),
  ])("%j", (hooks, code) => {
    expect(() => checkHooks(hooks)).toThrowError(expect.objectContaining({ code }));
  });
});

describe("signatures of webhooks", () => {
  const body = '{"id":1}';
  const signature = hookSignature("key", START, body);
  it("are refused when anything differs, or when they are old", () => {
    verifyHookSignature({ secret: "key", signature, body, now: START + 299_000 });
    for (const change of [
      { secret: "other" },
      { body: '{"id":2}' },
      { signature: signature.replace(/.$/, (last) => (last === "0" ? "1" : "0")) },
      { signature: "" },
      { signature: signature.replace(/t=\d+/, "t=1") },
      { now: START + 301_000 },
      { now: START - 301_000 },
    ]) {
      const delivery = { secret: "key", signature, body, now: START, ...change };
      expect(() => verifyHookSignature(delivery), JSON.stringify(change)).toThrowError(
        expect.objectContaining({ code: "hook.bad-signature" }),
      );
    }
  });
});

describe("a command", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "apay-hooks-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const script = async (text: string): Promise<[string, ...string[]]> => {
    const path = join(folder, "hook.mjs");
    await writeFile(path, text);
    return [process.execPath, path];
  };

  it("gets each event once, on its standard input", async () => {
    const out = join(folder, "out");
    const code = `import { appendFileSync, readFileSync } from "node:fs"; appendFileSync(${JSON.stringify(out)}, process.env.APAY_EVENT_CODE + " " + readFileSync(0, "utf8") + "\\n");`;
    const hooks: Hook[] = [{ name: "log", command: await script(code) }];
    await happens("before the hook was there");
    clock = manualClock(START + 1);
    await registerHooks({ ...ledger, clock }, ["A1"], hooks);
    await happens("first");
    await raiseAlert(ledger.store.db, clock, {
      accountId: "A1",
      code: "report.changed",
      subject: "v2 R1",
      message: "two versions",
    });
    expect(await deliverEvents({ ...ledger, clock }, ["A1"], hooks, never)).toBe(2);
    expect(await deliverEvents({ ...ledger, clock }, ["A1"], hooks, never)).toBe(0);
    const lines = (await readFile(out, "utf8")).trim().split("\n");
    expect(lines[0]).toMatch(
      /^report.loaded \{"id":\d+,"sequence":2,"code":"report.loaded","accountId":"A1","subject":"first","at":"2026-01-05T00:00:00.001Z","facts":\{"rows":3\},"previous":null\}$/,
    );
    expect(lines[1]).toContain('"facts":{"alert":"report.changed","message":"two versions"}');
  });

  it("that fails is tried again later, in peace, and says why", async () => {
    const warnings: object[] = [];
    const context = { ...ledger, logger: { warn: (_: string, fields: object) => warnings.push(fields) } };
    const hooks: Hook[] = [
      { name: "bad", command: await script('process.stderr.write("no space"); process.exit(3);') },
    ];
    await registerHooks(context, ["A1"], hooks);
    await happens("first");
    await happens("second");
    expect(await deliverEvents(context, ["A1"], hooks, never)).toBe(0);
    expect(warnings).toEqual([
      expect.objectContaining({ hook: "bad", attempts: 1, message: expect.stringContaining("status 3: no space") }),
    ]);
    hooks[0] = { name: "bad", command: await script("") };
    // The second waits for the first: it would come out of order.
    expect(await deliverEvents(context, ["A1"], hooks, never)).toBe(0);
    await clock.advance(60_000);
    expect(await deliverEvents(context, ["A1"], hooks, never)).toBe(2);
  });

  it("that hangs is ended", async () => {
    const context = { ...ledger, clock: manualClock(START) };
    const hooks: Hook[] = [{ name: "slow", command: await script("setInterval(() => {}, 1000);"), timeoutMs: 5000 }];
    await registerHooks(context, ["A1"], hooks);
    await happens("first");
    const delivering = deliverEvents(context, ["A1"], hooks, never);
    while (context.clock.sleepers === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await context.clock.advance(5000);
    expect(await delivering).toBe(0);
    const told = await ledger.store.db.selectFrom("hook").select(["attempts", "last_error"]).executeTakeFirst();
    expect(told).toMatchObject({ attempts: 1, last_error: expect.stringContaining("too long") });
  });
});

describe("a webhook", () => {
  let server: Server;
  let status = 200;
  let came: { headers: IncomingHttpHeaders; body: string }[] = [];
  beforeEach(async () => {
    came = [];
    status = 200;
    server = createServer((request, answer) => {
      let body = "";
      request.on("data", (text: Buffer) => (body += text.toString()));
      request.on("end", () => {
        came.push({ headers: request.headers, body });
        answer.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const hooks = (on?: Hook["on"]): Hook[] => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
    return [{ name: "web", url, secret: "key", allowPrivateAddress: true, ...(on === undefined ? {} : { on }) }];
  };

  it("gets signed events", async () => {
    await registerHooks(ledger, ["A1"], hooks());
    await happens("first");
    expect(await deliverEvents(ledger, ["A1"], hooks(), never)).toBe(1);
    const [delivery] = came;
    const signature = String(delivery?.headers["x-apay-signature"]);
    verifyHookSignature({ secret: "key", signature, body: delivery?.body ?? "", now: START });
    expect(JSON.parse(delivery?.body ?? "{}") as HookMessage).toMatchObject({
      code: "report.loaded",
      subject: "first",
    });
  });

  it("is told again of what it refused, and of nothing that it did not ask for", async () => {
    await registerHooks(ledger, ["A1"], hooks(["alert.raised"]));
    await happens("first");
    expect(await deliverEvents(ledger, ["A1"], hooks(["alert.raised"]), never)).toBe(0);
    await raiseAlert(ledger.store.db, clock, {
      accountId: "A1",
      code: "report.changed",
      subject: "v2 R1",
      message: "",
    });
    status = 503;
    expect(await deliverEvents(ledger, ["A1"], hooks(["alert.raised"]), never)).toBe(0);
    status = 204;
    await clock.advance(59_000);
    expect(await deliverEvents(ledger, ["A1"], hooks(["alert.raised"]), never)).toBe(0);
    await clock.advance(1000);
    expect(await deliverEvents(ledger, ["A1"], hooks(["alert.raised"]), never)).toBe(1);
    expect(came).toHaveLength(2);
  });

  it("that is not there does not end the service", async () => {
    const gone: Hook[] = [{ name: "web", url: "http://127.0.0.1:9/events", secret: "key", allowPrivateAddress: true }];
    await registerHooks(ledger, ["A1"], gone);
    await happens("first");
    expect(await deliverEvents(ledger, ["A1"], gone, never)).toBe(0);
  });

  it("deletes events after a month, delivered or not", async () => {
    await registerHooks(ledger, ["A1"], hooks());
    await happens("first");
    await deliverEvents(ledger, ["A1"], hooks(), never);
    await clock.advance(31 * 86_400_000);
    await deliverEvents(ledger, ["A1"], hooks(), never);
    expect(await ledger.store.db.selectFrom("outbox").selectAll().execute()).toEqual([]);
    expect(await ledger.store.db.selectFrom("outbox_sequence").selectAll().execute()).toEqual([
      { account_id: "A1", last: 1, pruned: 1 },
    ]);
  });
});
