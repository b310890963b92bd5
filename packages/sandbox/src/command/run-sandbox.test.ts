import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { ReadyFile } from "../server/ready-file.ts";
import { runSandbox } from "./run-sandbox.ts";

const folder = mkdtempSync(join(tmpdir(), "apay-sandbox-bin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], until?: RegExp) {
  const stop = new AbortController();
  const printed = { out: "", err: "" };
  const write = (stream: "out" | "err") => (text: string) => {
    printed[stream] += text;
    if (until?.test(printed.out + printed.err) === true) stop.abort();
  };
  const status = runSandbox(args, { out: write("out"), err: write("err"), cwd: folder, signal: stop.signal });
  return status.then((value) => ({ status: value, ...printed }));
}

it.each([
  [["--port", ""], '--port: "" is not a port'],
  [["--https-port", "70000"], '--https-port: "70000" is not a port'],
  [["--data", ""], "--data is empty"],
  [["--ready-file", ""], "--ready-file is empty"],
  [["--notify", "localhost:3000/ipn"], '--notify: "localhost:3000/ipn" is not an http or https address'],
  [["--dispute-times", "stone"], '--dispute-times is "stone"'],
  [["--prot", "1"], "Unknown option '--prot'"],
  [["serve"], "Unexpected argument 'serve'"],
])("refuses %j, and writes nothing", async (args, message) => {
  const { status, err } = await run(args);
  expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  expect(readdirSync(folder)).toEqual([]);
});

it("starts, tells a person where it is, and ends on the signal", async () => {
  const args = ["start", "--port", "0", "--https-port", "0", "--seed", "1", "--ready-file", "ready.json"];
  const { status, out, err } = await run(args, /Ctrl-C/);
  expect([status, err]).toEqual([0, "Ctrl-C ends it.\n"]);
  const ready = JSON.parse(readFileSync(join(folder, "ready.json"), "utf8")) as ReadyFile;
  for (const word of [ready.http, ready.https, ready.merchants[2]?.keys[1]?.publicKeyId ?? "?"])
    expect(out).toContain(word);
});

it("gives a program the ready file as one line, and help on request", async () => {
  const { out } = await run(["--port", "0", "--https-port", "0", "--json"], /\n/);
  expect(Object.keys(JSON.parse(out) as ReadyFile)).toEqual(["http", "https", "caFile", "merchants"]);
  expect((await run(["--help"])).out).toContain("--allow-host <name>");
});
