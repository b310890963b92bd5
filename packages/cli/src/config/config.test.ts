import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { describe, expect, it } from "vitest";
import { chooseAccount, loadConfig, privateKeyOf } from "./config.ts";

function folder(config?: string): string {
  const cwd = mkdtempSync(join(tmpdir(), "apay-config-"));
  if (config !== undefined) writeFileSync(join(cwd, "apay.config.json"), config);
  return cwd;
}

describe("configuration", () => {
  it("names file and line of what is wrong", () => {
    const cases: [string, RegExp][] = [
      [
        '{\n  "accounts": {\n    "us": { "region": "mars" }\n  }\n}',
        /apay\.config\.json:3: accounts\.us\.region: expected one of/,
      ],
      ['{\n  "acounts": {}\n}', /:2: acounts: there is no setting "acounts"/],
      ['{\n  "dataDir": \n}', /:3: this is not JSON/],
      [
        '{\n "accounts": { "us": {\n "region": "na",\n "privateKey": "x" } } }',
        /:4: accounts\.us\.privateKey: there is no setting "privateKey"/,
      ],
      ["", /:1: this is not JSON \(the file is empty\)/],
      ['{\n "dataDir": "books"\n "hooks": [] }', /:3: this is not JSON \(a comma is missing before this\)/],
      ['{\n "accounts": {\n "us": { "regoin": "na" } } }', /:3: accounts\.us\.regoin: there is no setting "regoin"/],
      [
        '{\n "accounts": {\n "us": { "region": "na" },\n "us": { "region": "na" } } }',
        /:4: "us" is given twice, first on line 3/,
      ],
      ['{\n "dataDir": 5 }', /:2: dataDir: expected a text in quotes, found a number/],
      ['{\n "accounts": [] }', /:2: accounts: expected an object in \{ \}, found a list in \[ \]/],
      [
        '{ "accounts": { "us": { "region": "na",\n "environment": "prod" } } }',
        /:2: .*environment: expected "live", "sandbox"/,
      ],
      ['{ "accounts": { "us": { "region": "na",\n "endpoint": "shop" } } }', /:2: .*endpoint: expected an address/],
      ['{\n "defaultAccount": "x" }', /:2: defaultAccount "x" is not one of the accounts/],
      [
        '{\n "databaseUrl": "mysql://me:secret@host/x" }',
        /databaseUrl must begin with postgres:\/\/; this begins with mysql:$/,
      ],
      ["[".repeat(20_000), /nested too deep/],
      [
        '{ "accounts": { "us": { "region": "na",\n "bank": { "fx": { "currency": "EUR" } } } } }',
        /:2: .*bank\.fx: expected percent with at most two digits after the point, such as 1\.5, or \{"tolerance": 1\.5\}/,
      ],
      ['{\n "accounts": { "us": { "region": "na",\n "fees": [{ "currency": "usd" }] } } }', /:3: .*fees\.0/],
      [
        '{\n "accounts": { "us": { "region": "na",\n "fees": [{ "currency": "USD",\n "from": "2026-02-30",\n "rates": [{ "label": "x", "percentage": "2" }] }] } } }',
        /:4: .*from: there is no such day/,
      ],
      [
        '{\n "accounts": { "us": { "region": "na",\n "fees": [{ "currency": "USD",\n "rates": [{ "label": "x", "percentage": "2,9" }] }] } } }',
        /:4: .*percentage: expected a decimal text/,
      ],
      [
        '{\n "accounts": { "us": { "region": "na",\n "fees": [\n{ "currency": "USD" }] } } }',
        /:4: .*fees\.0: expected rates or tiers/,
      ],
      ['{\n "reconcile": {\n "bankdays": 5 } }', /:3: reconcile\.bankdays: there is no setting "bankdays"/],
    ];
    for (const [text, message] of cases) expect(() => loadConfig({}, {}, folder(text)), text).toThrowError(message);
  });

  it("takes a file that begins with a byte order mark", () => {
    const cwd = folder('\uFEFF{ "accounts": { "us": { "region": "na" } } }');
    expect(chooseAccount(loadConfig({}, {}, cwd)).name).toBe("us");
  });

  it("refuses an account that is not there, with the names that are", () => {
    const cwd = folder('{ "accounts": { "us": { "region": "na" }, "de": { "region": "eu" } } }');
    const config = loadConfig({}, {}, cwd);
    expect(() => chooseAccount(config, "uk")).toThrowError(/no account "uk": us, de/);
    expect(() => chooseAccount(config)).toThrowError(/several accounts: us, de/);
    expect(() => loadConfig({}, { AMAZON_PAY_ENDPOINT: "https://localhost" }, cwd)).toThrowError(/several accounts/);
    expect(() => chooseAccount(loadConfig({}, {}, folder()))).toThrowError(/no account is set/);
    expect(() => privateKeyOf(chooseAccount(config, "us"))).toThrowError(/account "us" has no private key/);
  });

  it("lets environment win over the file and flags over both", () => {
    const cwd = folder(
      '{ "accounts": { "us": { "region": "na", "publicKeyId": "A", "privateKeyFile": "k.pem" } }, "dataDir": "books" }',
    );
    const env = { AMAZON_PAY_PUBLIC_KEY_ID: "B", APAY_DATA_DIR: "elsewhere", DATABASE_URL: "postgres://localhost/x" };
    const config = loadConfig({ publicKeyId: "C" }, env, cwd);
    expect(chooseAccount(config)).toMatchObject({ name: "us", publicKeyId: "C", privateKeyFile: join(cwd, "k.pem") });
    expect(config).toMatchObject({ dataDir: join(cwd, "elsewhere"), databaseUrl: "postgres://localhost/x" });
    expect(loadConfig({}, {}, cwd).dataDir).toBe(join(cwd, "books"));
  });

  it("takes the time zone of days, in the order of all settings, and refuses what is none", () => {
    const cwd = folder('{ "timeZone": "Asia/Tokyo" }');
    expect(loadConfig({}, {}, folder()).timeZone).toBe("UTC");
    expect(loadConfig({}, {}, cwd).timeZone).toBe("Asia/Tokyo");
    expect(loadConfig({}, { APAY_TIME_ZONE: "Europe/Berlin" }, cwd).timeZone).toBe("Europe/Berlin");
    const flags = { timeZone: "America/New_York" };
    expect(loadConfig(flags, { APAY_TIME_ZONE: "Europe/Berlin" }, cwd).timeZone).toBe("America/New_York");
    expect(() => loadConfig({ timeZone: "+09:00" }, {}, cwd)).toThrowError(/--time-zone: unknown time zone "\+09:00"/);
    const wrong = folder('{ "timeZone": "Tokyo" }');
    expect(() => loadConfig({}, {}, wrong)).toThrowError(/apay.config.json: timeZone: unknown time zone "Tokyo"/);
  });

  it("reads a file of ninety thousand lines at once, and still names the line of what is given twice", () => {
    const entries = Array.from({ length: 15_000 }, (_none, index) => [
      `m${index}`,
      { region: "na", publicKeyId: `LIVE-${index}`, privateKeyFile: "key.pem", endpoint: "https://pay.example" },
    ]);
    const text = JSON.stringify({ accounts: Object.fromEntries(entries) as object }, null, 2);
    const began = systemClock.now();
    expect(loadConfig({}, {}, folder(text)).accounts.size).toBe(15_000);
    // Counting the lines anew for each name took more than a minute.
    expect(systemClock.now() - began).toBeLessThan(15_000);
    expect(() => chooseAccount(loadConfig({}, {}, folder(text)))).toThrowError(/m0, m1, .*, m19 and 14980 more$/);
    const lines = text.split("\n").length;
    const twice = text.replace('"m14999"', '"m0"');
    expect(() => loadConfig({}, {}, folder(twice))).toThrowError(`:${lines - 7}: "m0" is given twice, first on line 3`);
  });

  it("needs no file when the environment says it all", () => {
    const env = { AMAZON_PAY_REGION: "EU", AMAZON_PAY_PUBLIC_KEY_ID: "LIVE-A", AMAZON_PAY_PRIVATE_KEY: "pem" };
    const account = chooseAccount(loadConfig({}, env, folder()));
    expect(account).toMatchObject({ name: "default", region: "eu", publicKeyId: "LIVE-A" });
    expect(privateKeyOf(account)).toBe("pem");
    // As Docker's --env-file hands them on.
    const quoted = { ...env, AMAZON_PAY_REGION: '"EU"', AMAZON_PAY_PUBLIC_KEY_ID: "'LIVE-A'\r" };
    expect(chooseAccount(loadConfig({}, quoted, folder()))).toMatchObject({ region: "eu", publicKeyId: "LIVE-A" });
    expect(() => loadConfig({}, { AMAZON_PAY_REGION: "moon" }, folder())).toThrowError(/unknown region "moon"/);
  });
});
