import { generateKeyPair } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { CliError, EXIT } from "../errors.ts";
import { text, type CommandRow } from "../program/command.ts";

const generate = promisify(generateKeyPair);

/** Writes a file that must not be there yet; private ones are readable by their owner only. */
async function writeNew(path: string, content: string, mode: number): Promise<void> {
  try {
    await writeFile(path, content, { flag: "wx", mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new CliError("keys.exists", `${path} is already there and is left as it is`, {
        remedy: "choose another name with --out",
      });
    }
    throw error;
  }
}

export const keysGenerate: CommandRow = {
  name: "keys generate",
  summary: "create a key pair for Amazon Pay",
  description:
    "Creates a 2048-bit RSA key pair. Upload the public half in Seller Central (Integration Central > API keys); keep the private half secret.",
  options: [{ flags: "--out <name>", help: "file name without extension", default: "amazon-pay" }],
  examples: [["apay keys generate --out live", "writes live.private.pem and live.public.pem"]],
  async run(context, input) {
    const name = resolve(context.terminal.cwd, text(input, "out") ?? "amazon-pay");
    const { privateKey, publicKey } = await generate("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const files = { privateKeyFile: `${name}.private.pem`, publicKeyFile: `${name}.public.pem` };
    await writeNew(files.privateKeyFile, privateKey, 0o600);
    await writeNew(files.publicKeyFile, publicKey, 0o644);
    if (context.json) context.document(files);
    else {
      context.line(`private key  ${files.privateKeyFile}  (keep it secret)`);
      context.line(`public key   ${files.publicKeyFile}   (upload it in Seller Central)`);
    }
    return EXIT.done;
  },
};
