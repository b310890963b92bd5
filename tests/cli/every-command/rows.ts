import type { TestShop } from "./shop.ts";

/** What a command must do. Each is run with `--json`, for a person, and wrongly. */
export interface Row {
  /** The command line after its name; `run` counts the runs, for commands that cannot do the same twice. */
  readonly args?: (shop: TestShop, run: number) => string[] | Promise<string[]>;
  /** Exit status. Default 0. */
  readonly status?: number;
  /** Members of the JSON document, in order. */
  readonly members: readonly string[];
  /** It speaks a protocol on standard output, and writes nothing else there. */
  readonly protocol?: true;
  /** It prints a table: words that must stand there whole, however narrow the terminal. */
  readonly table?: (shop: TestShop) => readonly string[];
  /** It stays: what it says when it has begun. */
  readonly until?: { readonly json: RegExp; readonly person: RegExp };
  /** It takes long on large books: what it says meanwhile. */
  readonly progress?: RegExp;
  /** A wrong command line after its name; ends with 2, or with the status named. */
  readonly wrong: readonly string[];
  readonly wrongStatus?: number;
  /** Works on the database of the workers. */
  readonly postgres?: boolean;
}

const JANUARY = ["--start", "2026-01-01", "--end", "2026-01-31"];

/** Every command of the table. */
export const ROWS: Readonly<Record<string, Row>> = {
  init: {
    args: (_shop, run) =>
      `--name shop-${run} --region na --public-key-id SANDBOX-A --private-key-file pair.private.pem --config new.config.json`.split(
        " ",
      ),
    members: ["config", "account"],
    wrong: ["--region", "mars"],
  },
  doctor: {
    members: ["findings", "wrong"],
    table: () => ["connection and signature", "ok"],
    progress: /shop: clock/,
    wrong: ["--account", "nobody"],
  },
  demo: {
    args: (shop) => ["--once", "--days", "4", "--orders", "6", "--data-dir", `${shop.folder}/demo-books`],
    members: ["settlements", "exceptions", "coverage"],
    progress: /three shops trade/,
    wrong: ["--days", "0"],
  },
  "sandbox start": {
    args: () => ["--port", "0", "--https-port", "0"],
    members: ["http", "https", "caFile", "merchants"],
    table: () => ["USD", "JPY"],
    until: { json: /\n/, person: /Ctrl-C ends it/ },
    wrong: ["--port", "x"],
  },
  "sandbox clock": {
    args: async (shop) => [...(await shop.steered()), "--advance", "PT1H"],
    members: ["now", "machineTime", "tasks"],
    wrong: ["--sandbox", "somewhere"],
  },
  "sandbox compare": {
    args: (shop) => ["--store-id", shop.storeId],
    // The shop's sandbox is not as strict as the one that it is compared with.
    status: 1,
    members: ["version", "region", "steps", "differences", "skipped", "unanswered"],
    progress: /asking both: /,
    wrong: [],
  },
  "sandbox fault": {
    args: async (shop) => ["lost-answer", ...(await shop.steered()), "--path", "/v2/nothing"],
    members: ["faultId"],
    wrong: ["status", "--skip", "some"],
  },
  "sandbox buyer": {
    args: async (shop) => [await shop.openSession(), "sign-in", "--card", "3434", ...(await shop.steered())],
    members: ["redirectUrl"],
    wrong: ["nothing", "approve", "--ready-file", "nothing.json"],
  },
  "sandbox notify": {
    args: async (shop) => [...(await shop.steered()), "--merchant", "na"],
    members: ["notifications", "planned"],
    table: () => ["delivery"],
    wrong: ["--duplicate", "twice", "--sandbox", "http://127.0.0.1:1"],
    wrongStatus: 3,
  },
  "sandbox reset": {
    args: (shop) => shop.steered(),
    members: ["status"],
    wrong: ["--sandbox", "http://127.0.0.1:1"],
    wrongStatus: 3,
  },
  mcp: {
    // Ends with its input, which is empty here; packages/cli/src/mcp has its test.
    args: () => ["--start-sandbox"],
    protocol: true,
    members: [],
    wrong: ["--ready-file"],
  },
  listen: {
    args: async (shop) => [...(await shop.steered()), "--forward-to", "http://127.0.0.1:9/ipn"],
    members: ["listening", "forwardTo", "merchants"],
    until: { json: /\n/, person: /Ctrl-C ends it/ },
    wrong: ["--forward-to", "localhost"],
  },
  trigger: {
    args: async (shop) => ["charge.authorized", ...(await shop.steered())],
    members: ["event", "merchantId", "objectType", "objectId", "state"],
    wrong: ["charge.exploded"],
  },
  logs: {
    args: async (shop) => shop.steered(),
    members: ["events"],
    wrong: ["--limit", "many"],
  },
  sync: {
    members: ["sources", "listed"],
    progress: /listing reports/,
    wrong: ["--watch", "--once"],
  },
  parse: {
    args: () => ["settlement.csv"],
    members: ["header", "rows", "errors", "summary"],
    table: () => ["netTransactionAmount", "0 errors"],
    wrong: ["nothing.csv"],
  },
  "records parse": {
    args: () => ["orders.csv"],
    members: ["records", "skipped", "errors", "summary"],
    wrong: ["nonsense.csv"],
  },
  "records import": {
    args: () => ["orders.csv"],
    members: ["accountId"],
    progress: /reading orders.csv/,
    wrong: ["nonsense.csv"],
  },
  "reports load": { args: () => ["refunds-report.csv"], members: ["accountId", "state"], wrong: ["not-there.csv"] },
  "reports withdraw": {
    args: async (shop) => {
      const { path } = await shop.json<{ path: string }>("reports", "load", "refunds-report.csv");
      return [path, "--note", "of another shop"];
    },
    members: ["accountId", "file", "hash"],
    wrong: ["nothing", "--note", "of another shop"],
  },
  "records list": { members: ["imports"], wrong: ["too-much"] },
  "records withdraw": {
    args: async (shop) => {
      await shop.run(["records", "import", "other-shop.csv"]);
      return ["other-shop.csv", "--note", "of another shop"];
    },
    members: ["accountId", "importId"],
    wrong: ["nothing", "--note", "of another shop"],
  },
  "bank parse": {
    args: () => ["bank.csv"],
    members: ["statements", "lines", "errors", "summary"],
    table: () => ["0 errors"],
    wrong: ["nonsense.csv"],
  },
  "bank import": {
    args: () => ["bank.csv"],
    members: ["accountId"],
    progress: /reading bank.csv/,
    wrong: ["nonsense.csv"],
  },
  "bank list": { members: ["statements"], table: () => ["bank.csv"], wrong: ["--al"] },
  "bank withdraw": {
    args: async (shop) => {
      await shop.run(["bank", "import", "bank.csv"]);
      return ["bank.csv", "--note", "of another business"];
    },
    members: ["accountId", "importId"],
    wrong: ["nothing", "--note", "of another business"],
  },
  "bank match": {
    args: async (shop) => [await shop.deposit(), shop.ids.settlement, "--reason", "bank-fee", "--note", "a charge"],
    members: ["accountId", "bankLineId", "settlements", "reason", "differences"],
    table: ({ ids }) => [`pays ${ids.settlement}`],
    wrong: ["nothing", "4711"],
  },
  "bank rules": {
    args: (shop) => [
      "--config",
      shop.configWith({
        bank: {
          rules: [
            { name: "charge", code: "match.amount", most: "5.00", currency: "USD", reason: "bank-fee", note: "agreed" },
          ],
        },
      }),
    ],
    members: ["rules"],
    table: () => ["charge", "bank-fee"],
    wrong: ["--al"],
  },
  "bank unmatch": {
    args: async (shop) => {
      const deposit = await shop.deposit();
      await shop.run(["bank", "match", deposit, shop.ids.settlement]);
      return [deposit, "--note", "another shop's"];
    },
    members: ["accountId", "bankLineId", "settlements", "note"],
    wrong: ["nothing"],
  },
  reconcile: {
    status: 1,
    members: ["settlements", "exceptions", "coverage"],
    table: ({ ids }) => [ids.settlement, "balanced", ids.exception.slice(0, 12)],
    progress: /reconciling/,
    wrong: ["--ful"],
  },
  "settlements list": {
    members: ["settlements", "next"],
    table: ({ ids }) => [ids.settlement, "balanced", `-${ids.paid}`],
    wrong: ["--status", "good"],
  },
  "settlements show": {
    args: ({ ids }) => [ids.settlement],
    members: ["accountId", "settlementId"],
    table: ({ ids }) => [ids.settlement, "opening", "closing"],
    wrong: ["0"],
  },
  "settlements accept": {
    args: async (shop) => [await shop.reissued()],
    members: ["accountId", "settlementId", "hash", "file", "changed"],
    wrong: ["0"],
  },
  "exceptions list": {
    args: () => ["--status", "all"],
    members: ["exceptions"],
    table: ({ ids }) => [ids.exception.slice(0, 12)],
    wrong: ["--status", "nice"],
  },
  "fees invoice": {
    args: (_shop, run) => `--period 2026-01 --net 10.00 --tax 1.90 --currency USD --number DE-26-${run}`.split(" "),
    status: 1,
    members: [
      "account",
      "month",
      "currency",
      "numbers",
      "net",
      "tax",
      "gross",
      "settled",
      "expectedTax",
      "rate",
      "label",
      "agrees",
    ],
    wrong: ["--period", "June"],
  },
  "fees invoices": { members: ["invoices"], table: () => ["2026-01", "differs"], wrong: ["--al"] },
  "fees withdraw": {
    args: async (shop, run) => {
      await shop.run(
        `fees invoice --period 2026-01 --net 1.00 --tax 0.19 --currency USD --number DE-27-${run}`.split(" "),
      );
      return [`DE-27-${run}`, "--note", "of another business"];
    },
    members: ["number", "withdrawn"],
    wrong: ["nothing", "--note", "of another business"],
  },
  claims: {
    args: (shop) => ["--status", "all", "--out", `${shop.folder}/claims`],
    members: ["claims", "sums", "leftOut", "files", "recorded"],
    wrong: ["--record", " "],
  },
  "exceptions show": {
    args: ({ ids }) => [ids.exception],
    members: ["exceptionId", "accountId"],
    table: () => ["when", "who"],
    wrong: ["nothing"],
  },
  "exceptions explain": {
    args: ({ ids }) => [ids.exception, "--note", "a fee that Amazon will correct"],
    members: ["exceptionId", "done"],
    wrong: ["nothing"],
  },
  "exceptions assign": {
    args: ({ ids }) => [ids.exception, "--to", "mara"],
    members: ["exceptionId", "done"],
    wrong: ["nothing"],
  },
  "exceptions note": {
    args: ({ ids }) => [ids.exception, "--note", "asked Amazon Pay, case 123"],
    members: ["exceptionId", "done"],
    wrong: ["nothing"],
  },
  "exceptions reopen": {
    args: async (shop) => {
      await shop.run(["exceptions", "explain", shop.ids.exception, "--note", "it will be corrected"]);
      return [shop.ids.exception, "--note", "not corrected after all"];
    },
    members: ["exceptionId", "done"],
    wrong: ["nothing"],
  },
  "exceptions resolve": {
    args: ({ ids }) => [ids.exception, "--note", "corrected in March"],
    members: ["exceptionId", "done"],
    wrong: ["nothing"],
  },
  explain: {
    args: ({ ids }) => [ids.settlement],
    members: ["query"],
    table: ({ ids }) => [ids.settlement, "opening", "transfer"],
    wrong: ["0.01"],
  },
  fees: {
    args: () => ["--by", "month"],
    members: ["fees"],
    table: () => ["Capture", "total"],
    wrong: ["--from", "January"],
  },
  balance: {
    args: () => ["--at", "2030-01-01"],
    members: ["at", "balances"],
    table: () => ["USD"],
    wrong: ["--at", "Silvester"],
  },
  close: {
    args: () => ["--check"],
    members: ["months", "changed"],
    wrong: ["2026-13"],
  },
  export: {
    args: () => ["--format", "csv", "--out", "rows.csv"],
    members: ["format", "out", "files"],
    wrong: ["--format", "papyrus"],
  },
  dashboard: {
    args: () => ["--port", "0"],
    members: ["url"],
    until: { json: /\n/, person: /Ctrl-C ends it/ },
    wrong: ["--port", "x"],
  },
  "archive load": {
    members: ["files", "loaded", "already", "withdrawn", "problems"],
    progress: /loading files/,
    wrong: ["--from", "no-such-folder"],
  },
  "archive verify": { members: ["files", "bytes", "problems", "next"], progress: /verifying files/, wrong: ["--al"] },
  api: {
    args: () => ["--port", "0"],
    members: ["url"],
    until: { json: /\n/, person: /Ctrl-C ends it/ },
    wrong: ["--port", "x"],
  },
  "api tokens create": {
    args: (_shop, run) => [`erp-${run}`, "--for", "shop"],
    members: ["token", "tokenId", "label", "accounts", "role", "createdBy", "createdAt", "expiresAt", "revokedAt"],
    wrong: ["erp"],
  },
  "api tokens list": { members: ["tokens"], table: () => ["erp-0", "view"], wrong: ["--config", "none.json"] },
  "api tokens revoke": {
    args: async (shop) => [
      (await shop.json<{ tokenId: string }>("api", "tokens", "create", "x", "--for", "shop")).tokenId,
    ],
    members: ["tokenId"],
    wrong: ["0000"],
  },
  "users list": { members: ["users"], wrong: ["--config", "none.json"] },
  "users add": {
    args: (_shop, run) => [`mara-${run}`, "--role", "resolve", "--for", "shop"],
    members: ["name", "role", "accounts", "createdBy", "createdAt"],
    wrong: ["mara"],
  },
  "users role": { args: () => ["mara-0", "approve"], members: ["name", "role"], wrong: ["mara-0", "boss"] },
  "users remove": {
    args: async (shop, run) => {
      await shop.json("users", "add", `gone-${run}`, "--role", "view", "--all-accounts");
      return [`gone-${run}`];
    },
    members: ["name", "removed"],
    wrong: ["nobody"],
  },
  "audit list": {
    args: async (shop) => {
      await shop.json("api", "tokens", "create", "audited", "--for", "shop");
      return ["--what", "token.made"];
    },
    members: ["events", "more"],
    table: () => ["token.made"],
    wrong: ["--what", "something"],
  },
  "audit verify": { members: ["rows", "head", "broken"], wrong: ["--head", "4f"] },
  "webhooks list": { members: ["webhooks"], wrong: ["--limit", "0"] },
  "webhooks events": {
    args: () => ["--code", "settlement.reconciled"],
    members: ["events", "next"],
    table: () => ["settlement.reconciled"],
    wrong: ["--code", "nothing"],
  },
  "webhooks test": { args: () => ["log"], members: ["hook", "delivered", "event"], wrong: ["nobody"] },
  "webhooks enable": { args: () => ["log"], members: ["hook", "accounts"], wrong: ["nobody"] },
  "webhooks replay": {
    args: () => ["--from", "1", "--to", "2"],
    members: ["hook", "accountId", "sent", "first", "last"],
    progress: /sending to log/,
    wrong: ["--from", "1", "--since", "2026-01-01"],
  },
  "accounts list": { members: ["accounts"], table: () => ["shop", "active"], wrong: ["--config", "none.json"] },
  "accounts add": {
    args: (_shop, run) => [
      `added-${run}`,
      ..."--region na --public-key-id SANDBOX-A --private-key-file pair.private.pem".split(" "),
    ],
    members: ["accountId", "added"],
    wrong: ["shop", "--region", "na"],
  },
  "accounts rotate": {
    args: (_shop, run) => ["added-0", "--public-key-id", `SANDBOX-R${run}`],
    members: ["accountId", "rotated"],
    wrong: ["added-0"],
  },
  "accounts pause": { args: () => ["added-0"], members: ["accountId", "state"], wrong: ["nobody"] },
  "accounts forget": {
    args: async (shop, run) => {
      const key = ["--region", "na", "--public-key-id", "SANDBOX-A", "--private-key-file", "pair.private.pem"];
      await shop.json("accounts", "add", `gone-${run}`, ...key);
      return [`gone-${run}`];
    },
    members: ["accountId", "forgotten", "erased"],
    wrong: ["shop", "--erase"],
  },
  worker: {
    args: () => ["--concurrency", "1"],
    members: ["accounts", "metrics"],
    until: { json: /\n/, person: /Ctrl-C ends it/ },
    postgres: true,
    wrong: ["--kind", "nice"],
  },
  "jobs status": {
    members: ["kinds", "dead", "workers"],
    table: () => ["discover", "reconcile", "longest wait"],
    postgres: true,
    wrong: ["--al"],
  },
  "jobs list": {
    args: async (shop) => {
      await shop.deadJob();
      return ["--dead"];
    },
    status: 1,
    members: ["dead"],
    table: () => ["export", "disk.full:"],
    postgres: true,
    wrong: ["--state", "nice"],
  },
  "jobs retry": {
    args: async (shop) => [(await shop.deadJob()).slice(0, 8)],
    members: ["queued"],
    postgres: true,
    wrong: ["nothing"],
  },
  "jobs discard": {
    args: async (shop) => [await shop.deadJob()],
    members: ["forgotten"],
    postgres: true,
    wrong: ["nothing"],
  },
  "database roles": { members: ["sql"], wrong: ["--al"] },
  "database partitions": { members: ["sql"], wrong: ["--count", "0"] },
  "database distribute": { members: ["sql"], wrong: ["--shards", "0"] },
  "database version": {
    members: ["kit", "tables", "minReader"],
    wrong: ["--al"],
  },
  "keys generate": {
    args: (_shop, run) => ["--out", run === 0 ? "pair" : `pair-${run}`],
    members: ["privateKeyFile", "publicKeyFile"],
    wrong: ["--out", "pair"],
  },
  "button sign": {
    args: () => ["payload.json"],
    members: ["payloadJSON", "signature", "algorithm", "publicKeyId"],
    wrong: ["nothing.json"],
  },
  call: {
    args: ({ ids }) => ["GET", `/charges/${ids.charge}`],
    members: ["chargeId"],
    wrong: ["GET", "/charges/S01-0000000-0000000-C000000"],
    wrongStatus: 3,
  },
  "reports list": {
    members: ["reports"],
    table: ({ ids }) => [ids.report, "COMPLETED"],
    progress: /listing reports/,
    wrong: ["--type", "nice"],
  },
  "reports get": {
    args: ({ ids }) => [ids.report],
    members: ["createdTime", "endTime"],
    table: ({ ids }) => [ids.report, "COMPLETED"],
    wrong: ["nothing"],
    wrongStatus: 3,
  },
  "reports download": {
    args: ({ ids }) => [ids.report, "--out", "again.csv"],
    members: ["reportId", "reportDocumentId", "file"],
    wrong: ["nothing", "--out", "never.csv"],
    wrongStatus: 3,
  },
  "reports request": { args: () => ["refund", ...JANUARY], members: ["reportId"], wrong: ["refund"] },
  "reports schedules create": {
    args: () => ["refund", "P1D", "--replace"],
    members: ["plan", "applied", "reportScheduleId"],
    wrong: ["refund", "P2Y"],
  },
  "reports schedules list": { members: ["reportSchedules"], table: () => ["refund", "P1D"], wrong: ["--al"] },
  "reports schedules plan": { args: plans, members: ["steps"], table: () => ["refund", "as wanted"], wrong: ["--al"] },
  "reports schedules apply": {
    args: plans,
    members: ["steps", "made", "cancelled"],
    table: () => ["refund", "as wanted"],
    wrong: ["--al"],
  },
  "reports schedules cancel": {
    args: async (shop) => {
      await shop.run(["reports", "schedules", "create", "refund", "P1D", "--replace"]);
      const { reportSchedules } = await shop.json<{ reportSchedules: { reportScheduleId: string }[] }>(
        "reports",
        "schedules",
        "list",
      );
      return [reportSchedules[0]?.reportScheduleId ?? ""];
    },
    members: ["reportScheduleId", "cancelled"],
    wrong: ["nothing"],
    wrongStatus: 3,
  },
  "disbursements list": {
    members: ["disbursements"],
    table: ({ ids }) => [ids.paid],
    wrong: ["--start", "yesterday"],
  },
  completion: { args: () => ["fish"], members: ["shell", "script"], wrong: ["cmd"] },
};

/** A configuration that says which schedules are wanted. */
function plans(shop: TestShop): string[] {
  return ["--config", shop.configWith({ schedules: { refund: "P1D" } })];
}
