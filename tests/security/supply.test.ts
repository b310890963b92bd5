import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(root + path, "utf8"));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}
interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

const LOCKS = [
  "package-lock.json",
  "bench/package-lock.json",
  "tests/packaging/package-lock.json",
  "tests/runtimes/package-lock.json",
  "tests/s3/package-lock.json",
  "tools/mutation/package-lock.json",
];
const foreign = (lock: Lock): [string, Locked][] =>
  Object.entries(lock.packages).filter(([path, one]) => path.includes("node_modules/") && one.link !== true);

/** Licences under which the kit may be handed on together with a package. */
const LICENCES =
  /^\(?(Apache-2\.0|MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|WTFPL)/;

describe.each(LOCKS)("%s", (path) => {
  const lock = json(path) as Lock;

  it("pins every package by checksum and names no address to fetch it from", () => {
    const entries = foreign(lock);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([]);
    expect(entries.filter(([, one]) => !(one.integrity ?? "").startsWith("sha512-")).map(([name]) => name)).toEqual([]);
  });

  it("has what each package names for other platforms, so that npm ci works on all of them", () => {
    const missing = Object.values(lock.packages).flatMap((one) =>
      Object.keys((one as { optionalDependencies?: Record<string, string> }).optionalDependencies ?? {}).filter(
        (name) => !Object.keys(lock.packages).some((place) => place.endsWith(`node_modules/${name}`)),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe("what is published", () => {
  const rooms = readdirSync(`${root}packages`);
  const manifests = rooms.map((room) => json(`packages/${room}/package.json`) as Record<string, unknown>);

  it("leaves the client and money without any dependency", () => {
    for (const room of ["sdk", "money"]) {
      const manifest = json(`packages/${room}/package.json`) as Record<string, object | undefined>;
      for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"])
        expect(Object.keys(manifest[kind] ?? {}), `${room} ${kind}`).toEqual([]);
    }
  });

  it("needs exact versions, and runs nothing on its users' machines at install", () => {
    for (const manifest of manifests) {
      const ranges = Object.values((manifest["dependencies"] ?? {}) as Record<string, string>);
      expect(ranges.filter((range) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
      const scripts = Object.keys((manifest["scripts"] ?? {}) as Record<string, string>);
      expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    }
  });

  it("brings along only packages that may be handed on", () => {
    const shipped = foreign(json("package-lock.json") as Lock).filter(
      ([, one]) => one.dev !== true && one.devOptional !== true,
    );
    expect(shipped.length).toBeGreaterThan(10);
    expect(
      shipped.filter(([, one]) => !LICENCES.test(one.license ?? "")).map(([name, one]) => `${name}: ${one.license}`),
    ).toEqual([]);
  });
});

describe("the release script", () => {
  const release = (...args: string[]) => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _, SIGSTORE_ID_TOKEN: __, ...env } = process.env;
    return spawnSync(process.execPath, ["scripts/release.mjs", ...args], { cwd: root, encoding: "utf8", env });
  };

  it("publishes nothing without being told, and nothing from a machine without an identity", () => {
    const told = release("--publish");
    expect(told.status).toBe(2);
    expect(told.stderr).toContain("there is no identity to sign with");
    expect(told.stdout).not.toContain("Published");
    expect(release("--now").stderr).toContain("there is no option --now");
  });
});
