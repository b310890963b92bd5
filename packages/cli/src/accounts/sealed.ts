import { createCipheriv, createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { CliError } from "../errors.ts";

/** The key that secrets in the ledger are encrypted with; the ledger itself never has it. */
export interface SecretKey {
  readonly bytes: Uint8Array;
}

const VERSION = "v1";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const REMEDY =
  "make one with: openssl rand -hex 32, and give every worker the same in APAY_SECRET_KEY or APAY_SECRET_KEY_FILE";

/**
 * Reads the key of `APAY_SECRET_KEY`, or of the file that `APAY_SECRET_KEY_FILE` names: 32 bytes as hex or base64.
 *
 * @throws CliError `secrets.no-key`, `secrets.bad-key`
 */
export function readSecretKey(env: Readonly<Record<string, string | undefined>>, cwd: string): SecretKey {
  const file = env["APAY_SECRET_KEY_FILE"];
  let text = env["APAY_SECRET_KEY"];
  if ((text === undefined || text === "") && file !== undefined && file !== "") {
    try {
      text = readFileSync(resolve(cwd, file), "utf8");
    } catch (error) {
      throw new CliError("secrets.no-key", `cannot read APAY_SECRET_KEY_FILE: ${(error as Error).message}`, {
        remedy: "check its path and permissions",
        cause: error,
      });
    }
  }
  const given = text?.trim() ?? "";
  if (given === "")
    throw new CliError("secrets.no-key", "there is no key to encrypt secrets in the ledger with", { remedy: REMEDY });
  const bytes = /^[0-9a-f]{64}$/i.test(given)
    ? Buffer.from(given, "hex")
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(given)
      ? Buffer.from(given, "base64")
      : undefined;
  if (bytes?.length === KEY_BYTES) return { bytes };
  throw new CliError("secrets.bad-key", "APAY_SECRET_KEY is not 32 bytes as hex or base64", { remedy: REMEDY });
}

/** Whose secret it is and which: a text that is moved to another account or setting does not open there. */
function placeOf(accountId: string, name: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, accountId, name]));
}

/** Encrypts a secret (AES-256-GCM) for one setting of one account. */
export function seal(
  key: SecretKey,
  random: Random,
  { accountId, name, secret }: { readonly accountId: string; readonly name: string; readonly secret: string },
): string {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(placeOf(accountId, name));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}`;
}

/** Opens what {@link seal} has made. @throws CliError `secrets.cannot-open` for another key, or a text that was changed */
export function unseal(
  key: SecretKey,
  { accountId, name, sealed }: { readonly accountId: string; readonly name: string; readonly sealed: string },
): string {
  try {
    const [version, text = ""] = sealed.split(".");
    const bytes = Buffer.from(text, "base64url");
    if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error("it is no sealed text");
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(placeOf(accountId, name));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (error) {
    throw new CliError(
      "secrets.cannot-open",
      `the ${name} of account "${accountId}" does not open with APAY_SECRET_KEY`,
      {
        remedy: "give every worker the key that it was encrypted with, or run apay accounts rotate",
        cause: error,
      },
    );
  }
}
