import { CliError } from "../errors.ts";

/** Byte order marks, and what they say. */
const MARKS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
];

/**
 * The text of a configuration: UTF-8, or UTF-16 with its mark, as PowerShell writes it. A letter in another encoding would be
 * another name of a folder, and is refused.
 *
 * @throws CliError `config.syntax`
 */
export function configText(bytes: Uint8Array, path: string): string {
  const encoding = MARKS.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))?.encoding ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const good = new TextDecoder("utf-8").decode(bytes).split("\ufffd")[0] ?? "";
    throw new CliError("config.syntax", `${path}:${good.split("\n").length}: the text is not UTF-8`, {
      remedy: "save the file as UTF-8",
      cause: error,
    });
  }
}

/** What other forms of configuration begin with. */
const OTHER_FORMS: readonly (readonly [begins: RegExp, name: string])[] = [
  [/^\s*(?:---|[\w-]+:(?:\s|$)|- )/, "YAML"],
  [/^\s*\[[\w.-]+\]\s*$/m, "TOML or INI"],
  [/^\s*(?:export )?[A-Z][A-Z0-9_]*=/, "a list of environment variables"],
  [/^\s*(?:module\.exports|export default|import |const )/, "a program"],
  [/^\s*</, "HTML or XML"],
];

/** What a text that is no JSON is instead, as far as its beginning tells. */
export function otherForm(text: string): string | null {
  const plain = text.replace(/^(?:\s*#.*\n)+/, "");
  if (/^\s*[{"]/.test(plain)) return null;
  return OTHER_FORMS.find(([begins]) => begins.test(plain))?.[1] ?? null;
}

/** What stands where JSON has no such sign; null where nothing is known of it. */
export function wrongSign(text: string, offset: number): string | null {
  const sign = text.charAt(offset);
  if (sign === "#") return "# begins no comment here: write //";
  if (sign === "'") return "a single quote: names and texts stand in double quotes";
  if (/[\u201c-\u201f\u2018-\u201b\u00ab\u00bb]/.test(sign))
    return `a typographic quote ${sign}: names and texts stand in straight double quotes`;
  if (/[\u00a0\u2000-\u200b\u202f\ufeff]/.test(sign))
    return "a blank of another kind, as web pages have: write an ordinary one";
  return null;
}

/** Settings that are a file or a folder. */
const PATHS = new Set([
  "privateKeyFile",
  "authTokenFile",
  "secretKeyFile",
  "secretFile",
  "caFile",
  "inbox",
  "dataDir",
  "folder",
]);

/**
 * Why the text of a setting is no path that was meant: what a shell would put in its place stays as it is here, and a backslash of
 * Windows before certain letters is a line break or a tab. Null for a path.
 */
export function pathFault(name: string, value: string): string | null {
  if (!PATHS.has(name)) return null;
  const shown = JSON.stringify(value);
  if (/\p{Cc}/u.test(value))
    return `${shown} has a line break or a tab in it, which is what JSON makes of \\n and \\t: write \\\\ for a backslash, or /`;
  if (/^~(?:[\\/]|$)/.test(value)) return `~ is not put in place of the home folder here: write ${shown} in full`;
  const variable = /^\$\{?[A-Za-z_]\w*\}?(?=[\\/]|$)|%[A-Za-z_]\w*%/.exec(value)?.[0];
  return variable === undefined ? null : `${variable} is not put in place here: write ${shown} in full`;
}
