import { homedir } from "node:os";
import type { Account, Config } from "../config/config.ts";
import { VERSION } from "../program/version.ts";
import type { NamedFinding } from "./check.ts";

/** Settings whose value is one of a few words: they say much to a helper and nothing about the merchant. */
const HARMLESS: ReadonlySet<string> = new Set(["region", "environment", "ledgerCurrency", "algorithm", "source"]);

/** Amazon's own hosts and this machine may be named. */
const KNOWN_HOST =
  /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:[\w-]+\.)*(?:amazon\.(?:com|co\.jp|de|co\.uk)|amazonaws\.com))$/;

/** What is never shown, by its form, whatever the settings say. The order counts: an address holds what looks like a path. */
const FORMS: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, "<key>"],
  [
    /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+/gi,
    (found) => {
      const [, scheme = "", host = "", port = ""] =
        /^([^:]+):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^/:?#]*)(:\d+)?/.exec(found) ?? [];
      return KNOWN_HOST.test(host) ? `${scheme}://${host}${port}` : `${scheme}://<host>`;
    },
  ],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "<mail address>"],
  [/(?<![\w.<])(?:~|[A-Za-z]:)?[\\/](?:[^\s"'<>:;,()\\/]+[\\/])+[^\s"'<>:;,()\\/]*/g, "<path>"],
  [/\b(?!127\.0\.0\.1\b)\d{1,3}(?:\.\d{1,3}){3}\b/g, "<ip address>"],
  [
    /\b(?=[A-Z\d-]*\d)[A-Z\d]{2,}(?:-?[A-Z\d]+){1,}(?=\b)/g,
    (found) => (found.length < 10 || isDate(found) ? found : "<id>"),
  ],
  [/[A-Za-z\d+/_-]{32,}={0,2}/g, (found) => (/\d/.test(found) ? "<secret>" : found)],
];

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d(?:T\d\d)?$/.test(text);

/** Texts of the settings, each with what it is called in a report. */
function valuesOf(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return value.length < 3 || HARMLESS.has(name) ? [] : [[value, `<${name}>`]];
  if (value instanceof Map) return [...value].flatMap(([, one]) => valuesOf(one, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => valuesOf(one, Array.isArray(value) ? name : key));
}

/**
 * Takes out of a text what the settings hold and what looks like a key, an identifier, a path or an address.
 *
 * @example redactorOf(config)("no file /home/kim/live.pem") // "no file <path>"
 */
export function redactorOf(config: Config): (text: string) => string {
  const { accounts, dataDir, databaseUrl, path } = config;
  const settings = valuesOf(
    [...accounts.values()].map(({ name: _name, ...account }: Account) => account),
    "account",
  );
  const known = [
    ...settings,
    ...valuesOf({ dataDir, databaseUrl, path, archive: config.archive, hooks: config.hooks }, "settings"),
    ...valuesOf({ home: homedir() }, "home"),
  ].toSorted(([left], [right]) => right.length - left.length);
  const names = [...accounts.keys()].map((name, index): readonly [RegExp, string] => [
    new RegExp(`(?<![\\w-])${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}(?![\\w-])`, "g"),
    `account-${index + 1}`,
  ]);
  return (text) => {
    let shown = text;
    for (const [value, name] of known) shown = shown.replaceAll(value, name);
    for (const [form, instead] of FORMS)
      shown = typeof instead === "string" ? shown.replaceAll(form, instead) : shown.replaceAll(form, instead);
    for (const [name, instead] of names) shown = shown.replaceAll(name, instead);
    return shown;
  };
}

/** What the doctor found, for others to read: in it are no secrets, identifiers, paths and names of the merchant. */
export function reportOf(config: Config, findings: readonly (NamedFinding & { readonly account: string })[]): object {
  const redacted = redactorOf(config);
  const names = [...config.accounts.keys()];
  return {
    report: 1,
    apay: VERSION,
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    settings: {
      accounts: config.accounts.size,
      regions: [...new Set([...config.accounts.values()].map(({ region }) => region))],
      store: config.databaseUrl === null ? "SQLite" : "PostgreSQL",
      archive: config.archive === null ? "folder" : "bucket",
      hooks: config.hooks.length,
      timeZone: config.timeZone,
    },
    // Canonical requests and strings to sign (`detail`) hold identifiers throughout: they stay on the screen.
    findings: findings.map(({ account, check, ok, found, advice }) => ({
      account: `account-${names.indexOf(account) + 1}`,
      check,
      ok,
      found: redacted(found),
      ...(advice === undefined ? {} : { advice: redacted(advice) }),
    })),
    wrong: findings.filter(({ ok }) => ok === false).length,
  };
}
