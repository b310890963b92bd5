/**
 * Amazon Pay in a real Vendure server: installs it into a temporary folder, starts it on a real PostgreSQL beside a sandbox, and goes
 * through checkouts by Vendure's own APIs.
 *
 *     node --import tsx examples/vendure/run.mjs [--folder DIR]
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { startPostgres } from "../../tests/postgres/server.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({ options: { folder: { type: "string" } } });
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), "apk-vendure-")) : resolve(values.folder);
const started = performance.now();
const step = (what) => console.log(`== ${what} (${Math.round((performance.now() - started) / 1000)} s)`);

function must(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
}

step("Vendure 3.7.3 and the packed packages of the kit");
mkdirSync(folder, { recursive: true });
cpSync(fileURLToPath(new URL("shop", import.meta.url)), folder, { recursive: true });
const dependencies = { "@vendure/core": "3.7.3", pg: "8.16.3" };
for (const name of ["money", "sdk", "payments", "vendure"]) {
  must("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], `${root}packages/${name}`);
  dependencies[`@amazon-pay-kit/${name}`] = `file:amazon-pay-kit-${name}-0.1.0.tgz`;
}
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", private: true, dependencies }));
rmSync(join(folder, "package-lock.json"), { force: true });
rmSync(join(folder, "node_modules/@amazon-pay-kit"), { recursive: true, force: true });
must("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], folder);

step("the plugin's source, compiled against Vendure's own types");
const source = join(folder, "types");
rmSync(source, { recursive: true, force: true });
cpSync(`${root}packages/vendure/src`, source, {
  recursive: true,
  filter: (path) => !/contract|\.test\.ts$/.test(path),
});
writeFileSync(join(source, "package.json"), JSON.stringify({ type: "module" }));
const compilerOptions = {
  module: "nodenext",
  target: "es2023",
  lib: ["es2023", "dom", "dom.iterable"],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  typeRoots: [`${root}node_modules/@types`],
  types: ["node"],
};
writeFileSync(join(source, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
must(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", source], folder);

step("PostgreSQL, a sandbox, the server");
const postgres = await startPostgres();
const readyFile = join(folder, "sandbox.json");
const sandbox = await startSandbox({ port: 0, httpsPort: 0, seed: "vendure", readyFile, processing: "straight" });
const port = 9377;
const origin = `http://localhost:${port}`;
const server = spawn(process.execPath, ["server.mjs"], {
  cwd: folder,
  env: { ...process.env, DATABASE_URL: await postgres.createDatabase(), PORT: String(port), SANDBOX: readyFile },
});
let output = "";
for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk) => (output += chunk));

/** One visitor of an API, with the session that it was given. */
function visitor(api) {
  let token = "";
  return async (query) => {
    const answer = await fetch(`${origin}/${api}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== "" && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query }),
    });
    token = answer.headers.get("vendure-auth-token") ?? token;
    const { data, errors } = await answer.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  };
}

try {
  for (let tries = 0; !output.includes("READY"); tries += 1) {
    assert.ok(tries < 300 && server.exitCode === null, "the server did not start");
    await sleep(500);
  }
  const pay = AmazonPay.forSandbox(readyFile, { region: "eu" });
  const notificationUrl = `${origin}/payments/amazon-pay`;
  await sandbox.sandbox.control("POST", `/merchants/${pay.sandboxMerchant.merchantId}`, { notificationUrl });
  const admin = visitor("admin-api");
  await admin('mutation { login(username: "admin", password: "only for this example") { __typename } }');
  const { paymentMethods } = await admin("{ paymentMethods { items { code } } }");
  const [{ code: method }] = paymentMethods.items;

  const buy = async (instrument) => {
    const shop = visitor("shop-api");
    const { products } = await shop("{ products { items { variants { id } } } }");
    const [{ id: variant }] = products.items[0].variants;
    await shop(`mutation { addItemToOrder(productVariantId: "${variant}", quantity: 1) { __typename } }`);
    const customer = '{ firstName: "A", lastName: "B", emailAddress: "buyer@shop.example" }';
    await shop(`mutation { setCustomerForOrder(input: ${customer}) { __typename } }`);
    await shop('mutation { setOrderShippingAddress(input: { streetLine1: "1", countryCode: "DE" }) { __typename } }');
    const { eligibleShippingMethods } = await shop("{ eligibleShippingMethods { id } }");
    await shop(
      `mutation { setOrderShippingMethod(shippingMethodId: ["${eligibleShippingMethods[0].id}"]) { __typename } }`,
    );
    await shop('mutation { transitionOrderToState(state: "ArrangingPayment") { __typename } }');
    const { button } = (await shop("mutation { amazonPayCheckout { button } }")).amazonPayCheckout;
    const { checkoutSessionId } = await pay.checkoutSessions.create(JSON.parse(button.signed.payloadJSON));
    const buyer = `/checkout-sessions/${checkoutSessionId}/buyer`;
    await sandbox.sandbox.control("POST", buyer, {
      action: "sign-in",
      ...(instrument !== undefined && { instrument }),
    });
    const prepare = `amazonPayCheckout(checkoutSessionId: "${checkoutSessionId}") { redirectUrl constraints }`;
    assert.match((await shop(`mutation { ${prepare} }`)).amazonPayCheckout.redirectUrl, /^http/);
    await sandbox.sandbox.control("POST", buyer, { action: "approve" });
    const input = `{ method: "${method}", metadata: { checkoutSessionId: "${checkoutSessionId}" } }`;
    const fields = "__typename ... on Order { id state payments { id state } }";
    return (await shop(`mutation { addPaymentToOrder(input: ${input}) { ${fields} } }`)).addPaymentToOrder;
  };
  const orderOf = async (id) =>
    (await admin(`{ order(id: "${id}") { state payments { state refunds { state total } } } }`)).order;
  const settles = async (read, wanted) => {
    await sandbox.sandbox.idle();
    for (let tries = 0; (await read()) !== wanted; tries += 1) {
      assert.ok(tries < 40, `it did not become ${wanted}`);
      await sleep(250);
    }
  };

  step("an order: authorized, settled, refunded in part, the refund settled by its notification");
  const order = await buy();
  assert.equal(order.state, "PaymentAuthorized");
  const [{ id: paymentId }] = order.payments;
  const settled = await admin(`mutation { settlePayment(id: "${paymentId}") { ... on Payment { state } } }`);
  assert.equal(settled.settlePayment.state, "Settled");
  const part = `{ lines: [], shipping: 0, adjustment: 0, amount: 1250, paymentId: "${paymentId}" }`;
  const refunded = await admin(`mutation { refundOrder(input: ${part}) { __typename ... on Refund { total } } }`);
  assert.deepEqual(refunded.refundOrder, { __typename: "Refund", total: 1250 });
  await sandbox.sandbox.control("POST", "/clock", { advance: "P1D" });
  await settles(async () => (await orderOf(order.id)).payments[0].refunds[0].state, "Settled");

  step("a declined payment, and one that is cancelled");
  assert.equal((await buy("3434")).__typename, "PaymentDeclinedError");
  const { payments } = await buy();
  const canceled = await admin(`mutation { cancelPayment(id: "${payments[0].id}") { ... on Payment { state } } }`);
  assert.equal(canceled.cancelPayment.state, "Cancelled");

  step("an authorization that Amazon decides about later, through its notification");
  const pending = await buy("0701");
  assert.equal(pending.payments[0].state, "AmazonPayPending");
  await sandbox.sandbox.control("POST", "/clock", { advance: "PT1M" });
  await settles(async () => (await orderOf(pending.id)).state, "PaymentAuthorized");
  step("all of it held");
} catch (error) {
  console.error(output.slice(-3_000));
  throw error;
} finally {
  server.kill("SIGKILL");
  await sandbox.close();
  await postgres.stop();
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
