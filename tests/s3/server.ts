import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A server that speaks S3 with one bucket. */
export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}

const here = fileURLToPath(new URL(".", import.meta.url));

function installWhatIsMissing(): void {
  if (existsSync(join(here, "node_modules", "s3rver"))) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
}

/** Starts a server with the empty bucket `books`; its objects go with it. */
export async function startS3(): Promise<S3Server> {
  installWhatIsMissing();
  const folder = await mkdtemp(join(tmpdir(), "apay-s3-"));
  const child = spawn(process.execPath, ["--no-deprecation", join(here, "run.mjs"), folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    child.once("exit", (code) => reject(new Error(`the S3 server ended with ${code} before it was ready`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: "books",
    region: "us-east-1",
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
