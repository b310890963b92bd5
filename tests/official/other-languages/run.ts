/**
 * The official SDKs of other languages, as they are, against a sandbox: real host names, verified TLS, port 443.
 *
 *     npm run official-sdks -- ruby FOLDER php FOLDER java FOLDER
 *
 * A folder is a checkout of the SDK's repository; the language itself must be installed, or is skipped with a sentence (Debian: `ruby`;
 * `php-cli php-curl php-gmp php-phpseclib3`; for Java see java.ts). The programs reach the sandbox through a proxy that leads every host name to it, so that no file of the
 * machine needs to change. Ends with 1 when a call did not go as expected.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { prepareJava } from "./java.ts";

interface Ran {
  readonly call: string;
  readonly expected: number;
  readonly status: number;
  readonly body: string;
}

interface Language {
  /** What runs the shop, or a sentence that says why it cannot. */
  readonly command: (sdk: string) => readonly string[] | string;
  readonly algorithms: readonly string[];
}

const scratch = mkdtempSync(join(tmpdir(), "official-sdks-"));
const BOTH = ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"];

const LANGUAGES: Readonly<Record<string, Language>> = {
  ruby: { command: () => ["ruby", "shop.rb"], algorithms: ["AMZN-PAY-RSASSA-PSS-V2"] },
  php: { command: () => ["php", "shop.php"], algorithms: BOTH },
  java: { command: (sdk) => prepareJava(sdk, started.ready.caFile, scratch), algorithms: BOTH },
};

const isInstalled = (name: string): boolean => spawnSync(name, ["--version"]).error === undefined;

const started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
const proxy = await proxyTo(Number(new URL(started.ready.https).port));
const arguments_ = process.argv.slice(2);
let failed = 0;
for (let at = 0; at < arguments_.length; at += 2) {
  const [name = "", sdk] = arguments_.slice(at, at + 2);
  const language = LANGUAGES[name];
  if (language === undefined || sdk === undefined) {
    console.error(`say a language (${Object.keys(LANGUAGES).join(", ")}) and the folder of its SDK`);
    process.exit(2);
  }
  const command = isInstalled(name) ? language.command(sdk) : `${name} is not installed`;
  if (typeof command === "string") {
    console.log(`${name}: skipped, ${command}`);
    continue;
  }
  let [good, all] = [0, 0];
  for (const [number, merchant] of started.ready.merchants.entries()) {
    for (const [which, key] of merchant.keys.entries()) {
      for (const algorithm of language.algorithms) {
        const environment = {
          SDK: sdk,
          CONTROL: `${started.ready.http}/_sandbox`,
          REGION: merchant.region,
          CURRENCY: merchant.currency,
          MERCHANT_ID: merchant.merchantId,
          STORE_ID: merchant.storeId,
          PUBLIC_KEY_ID: key.publicKeyId,
          PRIVATE_KEY_FILE: key.privateKeyFile,
          ALGORITHM: algorithm,
          RUN: `${number}${which}${algorithm.length}`,
        };
        for await (const ran of shop(command, environment)) {
          all += 1;
          if (ran.status === ran.expected) good += 1;
          else console.log(`${name}, ${merchant.region}: ${JSON.stringify(ran)}`);
        }
      }
    }
  }
  console.log(`${name}: ${good} of ${all} calls as expected`);
  if (good < all || all === 0) failed += 1;
}
rmSync(scratch, { recursive: true });
proxy.close();
await started.close();
process.exit(failed === 0 ? 0 : 1);

/** Runs a shop, and gives what it prints of its calls. */
async function* shop([command = "", ...rest]: readonly string[], environment: NodeJS.ProcessEnv): AsyncGenerator<Ran> {
  const { caFile } = started.ready;
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const trust = command === "php" ? ["-d", `curl.cainfo=${caFile}`, "-d", "display_errors=stderr"] : [];
  const child = spawn(command, [...trust, ...rest], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: {
      PATH: process.env["PATH"],
      LANG: "C.UTF-8",
      SSL_CERT_FILE: caFile,
      http_proxy: address,
      https_proxy: address,
      no_proxy: "",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) yield JSON.parse(line) as Ran;
  const [status] = (await ended) as [number | null];
  if (status !== 0) yield { call: "the end of the program", expected: 0, status: status ?? -1, body: "" };
}

/** A proxy that leads every connection to one port of this machine. */
async function proxyTo(port: number): Promise<Server> {
  const server = createServer();
  server.on("connect", (_request, socket, head) => {
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    const end = (): void => {
      onward.destroy();
      socket.destroy();
    };
    onward.on("error", end);
    socket.on("error", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
