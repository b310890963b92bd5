import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { api } from "../../packages/cli/src/commands/api.ts";
import { dashboard } from "../../packages/cli/src/commands/dashboard.ts";
import { sync } from "../../packages/cli/src/commands/sync.ts";
import { worker } from "../../packages/cli/src/commands/worker.ts";
import type { CommandRow } from "../../packages/cli/src/program/command.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const read = (name: string): string => readFileSync(folder + name, "utf8");
const WARN = ValidationSeverity.WARNING;
const COMMANDS: Readonly<Record<string, CommandRow>> = { api, dashboard, sync, worker };

/** Options of a command line that its command does not know. */
function unknownOptions([name = "", ...words]: readonly string[]): string[] {
  const command = COMMANDS[name];
  if (command === undefined) return [name];
  const known = new Set(["--json", ...(command.options ?? []).map(({ flags }) => flags.split(" ")[0])]);
  return words.filter((word) => word.startsWith("--") && !known.has(word));
}

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}
const units = readdirSync(folder).filter((name) => name.endsWith(".service"));
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("the files for deployment", () => {
  it.each(units)("%s starts apay with options that it has, as a user without rights", (name) => {
    const text = read(name);
    const words = /^ExecStart=\S+ apay (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
    expect(unknownOptions(words)).toEqual([]);
    for (const line of ["User=apay", "NoNewPrivileges=yes", "ProtectSystem=strict", "RestartPreventExitStatus=2"])
      expect(text).toContain(`\n${line}\n`);
    expect(unknownOptions(["sync", "--wach"])).toEqual(["--wach"]);
  });

  it.skipIf(!hasSystemd).each(units)("%s is what systemd takes", (name) => {
    const own = mkdtempSync(join(tmpdir(), "apay-unit-"));
    const file = join(own, name.replace("@", "@9464"));
    copyFileSync(folder + name, file);
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", file], { encoding: "utf8" });
    rmSync(own, { recursive: true });
    // Other units of this machine have their own warnings.
    expect(stderr.split("\n").filter((line) => line.includes(name.split("@")[0] ?? name))).toEqual([]);
    expect(status).toBe(0);
  });

  it("have a Dockerfile that a linter does not mind, without secrets and without root", () => {
    const text = read("Dockerfile");
    const findings = validate(text, { instructionJSONInSingleQuotes: WARN, instructionWorkdirRelative: WARN });
    expect(findings.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
    expect(text.indexOf("USER node")).toBeGreaterThan(0);
    expect(text).not.toMatch(/^(COPY|ADD)/m);
    expect(unknownOptions(JSON.parse(/^CMD (\["sync".*\])$/m.exec(text)?.[1] ?? "[]") as string[])).toEqual([]);
  });

  it.each(["compose.yaml", "fleet/compose.yaml"])(
    "%s: commands, files, volumes and services that there are",
    (name) => {
      const at = join(folder, name, "..");
      const { services, volumes } = parse(read(name), { merge: true }) as Compose;
      for (const [
        service,
        { image, build, command, entrypoint, volumes: mounted = [], depends_on = [] },
      ] of Object.entries(services)) {
        expect([service, image ?? build]).not.toEqual([service, undefined]);
        if ((image === "apay" || image === undefined) && command !== undefined && entrypoint === undefined)
          expect([service, unknownOptions(command)]).toEqual([service, []]);
        for (const volume of mounted) {
          const [source = ""] = volume.split(":");
          // The folder config is the user's own.
          if (source === "./config") continue;
          expect([volume, source.startsWith(".") ? existsSync(join(at, source)) : source in volumes]).toEqual([
            volume,
            true,
          ]);
        }
        const others = Array.isArray(depends_on) ? (depends_on as string[]) : Object.keys(depends_on);
        expect(others.filter((other) => !(other in services))).toEqual([]);
      }
      // No password is written down; each that is needed is asked for by name.
      const text = read(name);
      for (const [, value = ""] of text.matchAll(/(?:PASSWORD|TOKEN|SECRET_ACCESS_KEY|SECRET_KEY): (.*)$/gm))
        expect(value).toMatch(/^\$\{\w+:[?-]/);
    },
  );

  it("a fleet has two workers with the role of workers, and a dashboard that can only read", () => {
    const { services } = parse(read("fleet/compose.yaml"), { merge: true }) as Compose;
    expect(services["worker"]).toMatchObject({ deploy: { replicas: 2 } });
    expect(services["worker"]?.environment?.["DATABASE_URL"]).toContain("apay_worker_login:");
    for (const name of ["dashboard", "api"])
      expect(services[name]?.environment?.["DATABASE_URL"]).toContain("apay_reader_login:");
    const asked = [...read("fleet/compose.yaml").matchAll(/\$\{(\w+):[?-]/g)].map((match) => match[1] ?? "");
    const given = [...read("fleet/environment.example").matchAll(/^(\w+)=/gm)].map((match) => match[1] ?? "");
    expect([...new Set(asked)].toSorted()).toEqual(given.toSorted());
  });
});
