/**
 * Runs PostgreSQL and ends it, and removes its folder, when this process's standard input closes: that happens also when
 * the test run is killed, so that no server is left behind.
 *
 * Arguments: home uid gid program argument… (uid and gid -1: as this user)
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const [home, uid, gid, program, ...args] = process.argv.slice(2);
const identity = Number(uid) < 0 ? {} : { uid: Number(uid), gid: Number(gid) };
const server = spawn(program, args, { cwd: home, stdio: ["ignore", "inherit", "inherit"], ...identity });

process.on("SIGINT", () => {});
process.stdin.on("error", () => server.kill("SIGINT"));
process.stdin.on("end", () => server.kill("SIGINT"));
process.stdin.resume();

server.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
  process.stdin.destroy();
});
server.on("exit", (code) => {
  rmSync(home, { recursive: true, force: true });
  process.exit(code ?? 1);
});
