import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const shim = fileURLToPath(new URL("shim.mjs", import.meta.url));

/** A command line that a shell block wants carried out. */
export interface Order {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: Readable;
  readonly out: (text: string | Uint8Array) => void;
  readonly err: (text: string) => void;
}

/** Carries out a program of the shell blocks and gives its exit status. */
export type Program = (order: Order) => Promise<number>;

/** Where the programs on the PATH of the shell blocks hand in their command lines. */
export interface ReportsFixture {
  /** Environment that puts the programs on the PATH. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

async function answer(request: IncomingMessage, reply: ServerResponse, programs: Record<string, Program>) {
  const print = (message: object): void => void reply.write(`${JSON.stringify(message)}\n`);
  const input = new PassThrough();
  const head = await new Promise<string>((resolve, reject) => {
    let text = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      text = Buffer.concat([text, chunk]);
      const end = text.indexOf("\n");
      if (end < 0) return;
      request.off("data", read);
      input.write(text.subarray(end + 1));
      request.pipe(input);
      resolve(text.subarray(0, end).toString());
    };
    request.on("data", read);
    request.once("error", reject);
  });
  const order = JSON.parse(head) as Omit<Order, "input" | "out" | "err">;
  try {
    const status = await programs[order.program]?.({
      ...order,
      input,
      out: (text) => print({ out: Buffer.from(text).toString("base64") }),
      err: (text) => print({ err: text }),
    });
    print({ status: status ?? 127 });
  } catch (error) {
    print({ err: `${String(error)}\n` });
    print({ status: 70 });
  }
  reply.end();
}

/** What npx does with a package's name: run the program that the package brings. */
const NPX = `#!/bin/sh
case "$1" in
  @amazon-pay-kit/cli) shift; exec apay "$@" ;;
  @amazon-pay-kit/sandbox) shift; exec apay sandbox start "$@" ;;
  *) exec "$@" ;;
esac
`;

/** Opens the fixture: each program is a file in `folder` that hands its command line in. */
export async function openReports(folder: string, programs: Record<string, Program>): Promise<ReportsFixture> {
  const server = createServer((request, reply) => void answer(request, reply, programs));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\nexec "${process.execPath}" "${shim}" ${name} "$@"\n`, {
      mode: 0o755,
    });
  }
  writeFileSync(join(folder, "npx"), NPX, { mode: 0o755 });
  return {
    env: {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      DOCS_REPORTS: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
