import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { buffer, text as textOf } from "node:stream/consumers";
import pg from "pg";
import yauzl from "yauzl";
import { main as createCommand } from "@amazon-pay-kit/create";
import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../../packages/cli/src/program.ts";
import type { Screen } from "../../../packages/cli/src/terminal/terminal.ts";
import type { Order, Program } from "./reports-fixture.ts";

const PACKAGES = new URL("../../../packages/", import.meta.url);

/** Commands that stay until they are stopped: what they say when they have begun. The reader then presses Ctrl-C. */
const STAYS: readonly (readonly [line: RegExp, begun: RegExp])[] = [
  [/^sandbox start/, /Ctrl-C ends/],
  [/^(?:dashboard|listen|logs .*--follow)/, /Ctrl-C ends/],
  [/^sync .*--watch/, /next look in about/],
  [/^worker(?!.*--prepare)/, /figures on/],
];

/** Ports of the pages may be taken on this machine: any free one will do. */
function onFreePorts(args: readonly string[]): string[] {
  const at = args.indexOf("--metrics-port");
  const moved = at < 0 ? [...args] : args.with(at + 1, "0");
  if (args[0] === "sandbox" && args[1] === "start") moved.push("--port", "0", "--https-port", "0");
  return moved;
}

/** How one `apay` of a page went. */
export interface Went {
  readonly line: string;
  /** The block that it is in. */
  readonly at: string;
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** What the runner of a page knows about it. */
export interface Reader {
  readonly clock: Clock;
  /** What a reader who runs `apay init` answers to its questions. */
  readonly answers: readonly string[];
  /** Ids that stand in the page for ones that are known only when its commands have run. */
  readonly late: Readonly<Record<string, (order: Order) => Promise<string>>>;
  readonly went: Went[];
}

/** `apay`, in this process. */
export function apay(reader: Reader): Program {
  return async (order) => {
    const args: string[] = [];
    for (const word of order.args) args.push((await reader.late[word]?.(order)) ?? word);
    const line = args.join(" ");
    const written = { out: "", err: "" };
    const stop = new AbortController();
    const begun = STAYS.find(([stays]) => stays.test(line))?.[1];
    const screen = (name: "out" | "err"): Screen => ({
      write: (piece) => {
        written[name] += typeof piece === "string" ? piece : new TextDecoder().decode(piece);
        order[name](piece as string);
        if (begun?.test(written.out + written.err) === true) stop.abort(new Error("stopped by SIGINT"));
      },
      drained: () => Promise.resolve(),
      isTTY: false,
      columns: 80,
    });
    const terminal = {
      out: screen("out"),
      err: screen("err"),
      input: order.input,
      env: order.env,
      cwd: order.cwd,
      signal: stop.signal,
    };
    const asked = line === "init" ? [...args, ...reader.answers] : onFreePorts(args);
    // The service's answers carry the machine's time, and the doctor compares: a clock that was moved would be a finding.
    const clock = args[0] === "doctor" ? systemClock : reader.clock;
    const status = await runProgram(asked, terminal, clock, systemRandom);
    reader.went.push({ line, at: order.env["__at"] ?? "", status, ...written });
    return status;
  };
}

/** Sends SQL to a database; stands in for `psql`, which not every machine has. */
export const psql: Program = async (order) => {
  const at = order.args.indexOf("-c");
  const sql = at < 0 ? await textOf(order.input) : (order.args[at + 1] ?? "");
  const client = new pg.Client({ connectionString: order.args[0] });
  await client.connect();
  try {
    await client.query(sql);
    return 0;
  } catch (error) {
    order.err(`psql: ${String(error)}\n`);
    return 1;
  } finally {
    await client.end();
  }
};

/**
 * `npm install NAME…`: the packages are there already, so it only looks whether each name is one of this repository's.
 * `npm create @amazon-pay-kit FOLDER` writes the shop.
 */
export const npm: Program = ({ args: [command, ...names], cwd, out, err }) => {
  if (command === "create" && names[0] === "@amazon-pay-kit") {
    const [folder = "", ...more] = names.slice(1);
    return Promise.resolve(
      createCommand([join(cwd, folder), ...more], { cwd, out: { write: out }, error: { write: err } }),
    );
  }
  const known = readdirSync(PACKAGES).map((name) => `@amazon-pay-kit/${name}`);
  const strange = names.filter((name) => !name.startsWith("-") && !known.includes(name));
  if (command === "install" && strange.length === 0) return Promise.resolve(0);
  err(`npm: ${[command, ...strange].join(" ")} is nothing that a page should ask for\n`);
  return Promise.resolve(1);
};

/** `unzip -p FILE PATTERN`; stands in for the program, which not every machine has. */
export const unzip: Program = async (order) => {
  const [option, name = "", pattern = "*"] = order.args;
  if (option !== "-p") return 10;
  const wanted = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  const zip = await yauzl.openPromise(resolve(order.cwd, name), { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry())
      if (wanted.test(entry.fileName)) order.out(await buffer(await zip.openReadStreamPromise(entry)));
    return 0;
  } finally {
    zip.close();
  }
};
