/**
 * Compiles the examples of the docstrings, each as the body of a function of its own: names that the packages export are
 * imported as a reader would, the rest is what {@link GIVEN} lists.
 */
import ts from "typescript";
import { root } from "./toolbox.mjs";

const FOLDER = `${root}docs/reference/.examples/`;

const sdk = (name, part = "") => `import("@amazon-pay-kit/sdk${part}").${name}`;
const ledger = (name) => `import("@amazon-pay-kit/ledger").${name}`;
const TEXT = "string";
const HOOK = "(work: () => unknown) => void";

/** What examples take as given: what a reader has defined where such a line would stand. */
const GIVEN = {
  accessKeyId: TEXT,
  accountId: TEXT,
  accounts: `readonly ${ledger("SyncAccount")}[]`,
  archive: ledger("Archive"),
  authToken: TEXT,
  bytes: "Uint8Array",
  client: sdk("AmazonPay"),
  clock: sdk("Clock", "/clock"),
  context: ledger("BooksContext"),
  createReadStream: 'typeof import("node:fs").createReadStream',
  dataDir: TEXT,
  databaseUrl: TEXT,
  file: "{ write(piece: Uint8Array | string): unknown }",
  id: TEXT,
  ledger: ledger("Ledger"),
  merchantId: TEXT,
  metrics: ledger("Metrics"),
  onChange: `(notification: ${sdk("ChangeNotification", "/notifications")}) => void`,
  pem: TEXT,
  privateKey: TEXT,
  publicKeyId: TEXT,
  queue: "{ add(...what: readonly string[]): Promise<void> }",
  replayStore: sdk("ReplayStore", "/notifications"),
  sandbox: 'import("@amazon-pay-kit/sandbox").Sandbox',
  secretKey: TEXT,
  sellerId: TEXT,
  source: "AsyncIterable<Uint8Array>",
  store: ledger("Store"),
  use: "(...what: readonly unknown[]) => void",
};

/** What examples of payments take as given. */
const PAYMENT = {
  pay: sdk("AmazonPay"),
  amount: "{ amount: string; currencyCode: string }",
  order: '{ id: string; payment: import("@amazon-pay-kit/payments").PaymentRecord }',
};
const PAGES = { reviewUrl: TEXT, resultUrl: TEXT };

/** What single examples take as given beside that, by the name that they explain. */
const GIVEN_TO = {
  finishPayment: { ...PAYMENT, checkoutSessionId: TEXT },
  chargeSaved: { ...PAYMENT, chargePermissionId: TEXT, user: "{ id: string }" },
  capturePayment: { ...PAYMENT, shipment: "{ id: string }" },
  refundPayment: { ...PAYMENT, creditNote: "{ id: string }" },
  cancelPayment: PAYMENT,
  AmazonPayProvider: PAGES,
  AmazonPayPlugin: PAGES,
  Signer: { kms: "{ sign(input: object): Promise<{ Signature: Uint8Array }> }", KeyId: TEXT },
  renderButton: { payload: 'Parameters<import("@amazon-pay-kit/sdk").AmazonPay["button"]["create"]>[0]' },
  diagnoseSignature: {
    canonicalRequest: TEXT,
    algorithm: sdk("AlgorithmName", "/signing"),
    body: TEXT,
    serviceMessage: TEXT,
  },
  fastifyNotifications: {
    app: `{ register(plugin: (app: ${sdk("FastifyPart", "/notifications")}) => Promise<void>): Promise<void> }`,
  },
  postgresReplayStore: { pool: sdk("PostgresQuery", "/notifications") },
  redisReplayStore: { redis: "{ sendCommand(words: string[]): Promise<unknown> }" },
  workersKvReplayStore: { env: `{ NOTIFICATIONS: ${sdk("KvNamespace", "/notifications")} }` },
  AmazonPayError: { askForAnotherPaymentMethod: "() => void" },
  ApiError: { log: "(...what: readonly unknown[]) => void" },
  InvalidInputError: { error: sdk("InvalidInputError") },
  stringToSign: { request: sdk("SignableRequest", "/signing") },
  formatAuthorization: { parts: 'Parameters<typeof import("@amazon-pay-kit/sdk/signing").formatAuthorization>[0]' },
  verifyRequest: {
    method: TEXT,
    path: TEXT,
    headers: "Record<string, string>",
    body: TEXT,
    publicKeyPem: TEXT,
    answer403: "(text: string) => void",
  },
  registrationForm: {
    keys: 'ReturnType<typeof import("@amazon-pay-kit/sdk/key-exchange").createExchangeKeys>',
    page: "{ write(html: string): void }",
  },
  keyShareHandler: { settings: "{ save(keys: object): Promise<void> }" },
  readSharedKeys: {
    keys: 'ReturnType<typeof import("@amazon-pay-kit/sdk/key-exchange").createExchangeKeys>',
    pasted: TEXT,
  },
  adviceFor: { charge: sdk("Charge") },
  payWithAmazon: { page: 'import("playwright-core").Page' },
  amazonPayFixtures: {
    base: "{ extend<More>(fixtures: object): (name: string, run: (given: { page: import('playwright-core').Page } & import('@amazon-pay-kit/sandbox/playwright').AmazonPayFixtures) => Promise<void>) => void }",
  },
  startContainer: {
    definition:
      'Parameters<typeof import("@amazon-pay-kit/sandbox/testcontainers").startContainer<import("@amazon-pay-kit/sandbox/testcontainers").StartedContainer & { stop(): Promise<unknown> }>>[0]',
    afterAll: HOOK,
  },
  claimFiles: { writeFile: 'typeof import("node:fs/promises").writeFile' },
  KitError: { work: "() => Promise<void>" },
  closePack: { writeFile: 'typeof import("node:fs/promises").writeFile' },
  mountButton: {
    document: "{ querySelector(selector: string): Parameters<typeof mountButton>[0] | null }",
    signed: 'Parameters<typeof mountButton>[1]["signed"]',
  },
  bindChangeAction: {
    link: "Parameters<typeof bindChangeAction>[0]",
    checkoutSessionId: 'Parameters<typeof bindChangeAction>[1]["checkoutSessionId"]',
  },
  chargeSubscription: {
    chargePermissionId: sdk("ChargePermissionId"),
    amount: sdk("ChargeCreate") + '["chargeAmount"]',
    schedule: "(afterDays: number, attempt: number) => Promise<void>",
  },
  toContractLine: { event: 'import("@amazon-pay-kit/orders").OrderEvent' },
  OrdersError: {
    orders: 'AsyncIterable<import("@amazon-pay-kit/orders").OrderEvent>',
    ask: "(question: string) => void",
  },
  checkFields: { createRefund: sdk("Operation", "/operations") },
  afterPendingEvents: { waiting: "string[]", answer: TEXT, sendAll: "(answers: readonly string[]) => void" },
  verifyNotification: { request: "Request" },
  notificationText: { envelope: sdk("UnsignedEnvelope", "/notifications") },
  signEnvelope: { envelope: sdk("UnsignedEnvelope", "/notifications"), pkcs8: "Uint8Array" },
  nodeNotificationHandler: {
    createServer: 'typeof import("node:http").createServer',
    app: "{ post(path: string, handler: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown): void }",
  },
  processNotification: {
    body: TEXT,
    reply: "{ status(code: number): { headers(all: object): { send(text: string): void } } }",
  },
  confirmSubscription: { notification: sdk("Notification", "/notifications") },
  createTestSigner: { expect: 'typeof import("vitest").expect' },
  MwsReports: { store: "(bytes: Uint8Array) => Promise<void>", stored: "string[]" },
  ClientError: {
    client: sdk("WebStoreClient", "/compat"),
    payload: "object",
    headers: "Record<string, string>",
    askAgain: "() => void",
  },
  readReportBatches: { insertAll: "(...what: readonly unknown[]) => void" },
  writeReport: { settlementStartDate: "number", settlementEndDate: "number", rows: "[]" },
  verifyHookSignature: { secret: TEXT, body: TEXT, request: 'import("node:http").IncomingMessage' },
  addRecords: { charge: "{ chargeId: string }" },
  createSandbox: { keyOf: "(merchant: unknown) => { publicKeyId: string; privateKey: string }" },
  useSandbox: { before: HOOK, after: HOOK, beforeAll: HOOK, afterAll: HOOK, beforeEach: HOOK },
};

/** A line for a shell and markup (of a page, or of a component) are no program of ours to compile. */
const isNoProgram = (text) => /^(?:apay|npx|npm) |^</.test(text);
const isFragment = (text) => text.trimStart().startsWith("{");

/** One example as a module. A bare object is one of the type that it explains. */
function moduleOf({ symbol, kind, text }, imports) {
  const object = isFragment(text) && (kind === "interface" || kind === "type");
  const body = object ? `const example: ${symbol} = ${text};\nvoid example;` : text;
  const given = Object.entries(GIVEN_TO[symbol] ?? {}).map(([name, type]) => `declare const ${name}: ${type};`);
  return `${given.join("\n")}\n${imports.map(({ name, from }) => `import { ${name} } from "${from}";`).join("\n")}\n${body}\nexport {};\n`;
}

/** Names of packages' exports that an example uses, as a reader would import them. */
function importsOf(example, exported) {
  const given = { ...GIVEN, ...GIVEN_TO[example.symbol] };
  const own = new Set([...example.text.matchAll(/\b(?:const|let|function|class)\s+([\w$]+)/g)].map(([, name]) => name));
  const words = new Set(`${example.symbol} ${example.text}`.match(/[A-Za-z_$][\w$]*/g));
  return [...words]
    .filter((name) => exported.has(name) && !own.has(name) && !(name in given))
    .filter((name) => !new RegExp(`import .*\\b${name}\\b`).test(example.text))
    .map((name) => {
      const entries = exported.get(name);
      return { name, from: entries.includes(example.from) ? example.from : entries[0] };
    });
}

/** Examples import types and values alike, and leave what they made unused. */
const AS_WRITTEN = { noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false };

/**
 * What does not compile, and what the lists above give to no example.
 *
 * @param examples `{ symbol, kind, text, from }` of each
 * @param exported names that the packages export, each with the entry points it can be imported from
 * @returns a line for each problem
 */
export function problemsOf(examples, exported, { program, options }) {
  const files = new Map();
  for (const [index, example] of examples.entries()) {
    if (isNoProgram(example.text)) continue;
    files.set(`${FOLDER}${index}.ts`, { text: moduleOf(example, importsOf(example, exported)), example });
  }
  const given = Object.entries(GIVEN).map(([name, type]) => `declare const ${name}: ${type};`);
  files.set(`${FOLDER}given.d.ts`, { text: given.join("\n") });
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const made = files.get(name);
    return made === undefined
      ? getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, made.text, version, true);
  };
  const made = ts.createProgram([...files.keys()], { ...options, ...AS_WRITTEN }, host, program);
  const wrong = [...files].flatMap(([name, { example }]) => {
    const source = made.getSourceFile(name);
    return [...made.getSyntacticDiagnostics(source), ...made.getSemanticDiagnostics(source)].map(
      ({ code, messageText }) =>
        `${example === undefined ? name : `the example of ${example.symbol} in ${example.from}`}: ${ts.flattenDiagnosticMessageText(messageText, " ")} (TS${code})`,
    );
  });
  const symbols = new Set(examples.map(({ symbol }) => symbol));
  const stale = Object.keys(GIVEN_TO).filter((symbol) => !symbols.has(symbol));
  return [
    ...wrong,
    ...stale.map((symbol) => `scripts/reference-examples.mjs gives to ${symbol}, which has no example`),
  ];
}
