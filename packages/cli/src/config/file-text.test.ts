import { Buffer } from "node:buffer";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./config.ts";

function load(contents: string | Uint8Array) {
  const cwd = mkdtempSync(join(tmpdir(), "apay-config-"));
  writeFileSync(join(cwd, "apay.config.json"), contents);
  return loadConfig({}, {}, cwd);
}

const account = (more: string): string => `{ "accounts": { "shop": { "region": "na",\n ${more} } } }`;

describe("configurations that are refused", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      "letters of another encoding",
      Buffer.from(account('"inbox": "Ein\u00fcg"'), "latin1"),
      /:2: the text is not UTF-8/,
    ],
    ["YAML", "accounts:\n  shop:\n    region: na\n", /it looks like YAML/],
    ["YAML with a comment above", "# books\n---\naccounts: &all\n", /it looks like YAML/],
    ["TOML", '[accounts.shop]\nregion = "na"\n', /it looks like TOML or INI/],
    ["an env file", "AMAZON_PAY_REGION=na\n", /it looks like a list of environment variables/],
    ["a program", "module.exports = {};\n", /it looks like a program/],
    ["a page", "<html></html>", /it looks like HTML or XML/],
    ["typographic quotes", "{\n \u201caccounts\u201d: {} }", /:2: .*typographic quote/],
    ["single quotes", "{ 'accounts': {} }", /single quote: names and texts stand in double quotes/],
    ["a comment of another language", '{ "accounts": {} } # books', /# begins no comment here: write \/\//],
    ["a blank of a web page", '{\u00a0"accounts": {} }', /a blank of another kind/],
    [
      "a backslash that makes a line break",
      account('"privateKeyFile": "C:\\new\\test.pem"'),
      /:2: privateKeyFile: .*write \\\\ for a/,
    ],
    ["the home folder of a shell", account('"inbox": "~/inbox"'), /:2: inbox: ~ is not put in place/],
    ["a variable of a shell", account('"inbox": "$HOME/inbox"'), /:2: inbox: \$HOME is not put in place/],
    ["a variable of Windows", '{ "dataDir": "%APPDATA%\\\\apay" }', /dataDir: %APPDATA% is not put in place/],
    [
      "a name that a program keeps",
      '{ "accounts": { "__proto__": { "region": "na" } } }',
      /__proto__: no setting and no account/,
    ],
    ["a name with a blank", '{ "accounts": { "my shop": { "region": "na" } } }', /my shop: account names have letters/],
  ])("%s", (_what, contents, message) => {
    expect(() => load(contents)).toThrow(message);
  });
});

it("reads UTF-16 with its mark, as PowerShell writes it", () => {
  const text = Buffer.from(`\ufeff${account('"inbox": "Einzüge"')}`, "utf16le");
  for (const bytes of [text, Buffer.from(text).swap16()])
    expect(load(bytes).accounts.get("shop")?.inbox).toMatch(/Einzüge$/);
});

it("leaves paths alone that only look alike", () => {
  const { accounts } = load(account('"inbox": "C:\\\\new\\\\100% paid~$x"'));
  expect(accounts.get("shop")?.inbox).toMatch(/100% paid~\$x$/);
});
