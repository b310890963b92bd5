/** The runtimes of the conformance suite: where npm puts each program, and how it runs the suite. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

/** Programs come in a package for each platform, of which npm installs the fitting one. */
function inScope(scope, program) {
  const folder = `${modules}${scope}/`;
  const found = existsSync(folder) ? readdirSync(folder).map((name) => `${folder}${name}/${program}`) : [];
  return found.find((path) => existsSync(path));
}

const nodeProgram = (major) => {
  const path = `${modules}node-${major}/bin/node`;
  return existsSync(path) ? path : undefined;
};

/** Runs a program to its end and gives what it wrote. Nothing of this process's settings reaches it but the path. */
function output(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1" } });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"])
      child[name].setEncoding("utf8").on("data", (text) => (texts[name] += text));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(texts.stdout);
      else reject(new Error(`ended with ${code}\n${texts.stderr}${texts.stdout}`));
    });
  });
}

const lastLine = (text) => JSON.parse(text.trim().split("\n").at(-1) ?? "");

const asProgram =
  (...before) =>
  async (program, { folder, baseUrl }) =>
    lastLine(await output(program, [...before, `${folder}/suite/main.mjs`, baseUrl], folder));

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** workerd is a server: it gets the bundled suite as a worker and is asked once. */
const asWorker =
  (flags) =>
  async (program, { folder, baseUrl, bundle }) => {
    const port = await freePort();
    const config = `${folder}/workerd-${flags.length}.capnp`;
    await bundle();
    await writeFile(
      config,
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2025-09-01",
      compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(", ")}],
      globalOutbound = "out",
    )),
    (name = "out", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
    );
    const server = spawn(program, ["serve", config], { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          const answer = await fetch(`http://127.0.0.1:${port}/?service=${encodeURIComponent(baseUrl)}`);
          return await answer.json();
        } catch (error) {
          if (attempt >= 100 || server.exitCode !== null) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    } finally {
      server.kill();
    }
  };

/** All runtimes. `program` is undefined where npm has none for this platform. */
export const RUNTIMES = [
  ...[20, 22, 24, 26].map((major) => ({ name: `Node ${major}`, program: nodeProgram(major), run: asProgram() })),
  {
    name: "Deno",
    program: inScope("@deno", "deno"),
    run: asProgram(
      "run",
      "--quiet",
      "--no-lock",
      "--node-modules-dir=manual",
      "--allow-net=127.0.0.1",
      "--allow-read",
      "--allow-env",
    ),
  },
  { name: "Bun", program: inScope("@oven", "bin/bun"), run: asProgram("run") },
  { name: "workerd", program: inScope("@cloudflare", "bin/workerd"), run: asWorker([]) },
  { name: "workerd, nodejs_compat", program: inScope("@cloudflare", "bin/workerd"), run: asWorker(["nodejs_compat"]) },
];
