import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../pages.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** A package registry on this machine. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the packages of this repository as they would be published, and what they depend on as it is installed here, so that
 * `npm install` and `npx` of a page are followed literally, and without a network.
 */
export async function openRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "apay-registry-"));
  const places = installed();
  const tarballs = new Map<string, string>();

  /** Made when it is asked for: packing all of them takes longer than the page. */
  const tarballOf = (place: string, { name, version }: Manifest): string => {
    const there = tarballs.get(`${name}@${version}`);
    if (there !== undefined) return there;
    const own = mkdtempSync(join(folder, "pack-"));
    const file = join(own, "package.tgz");
    if (place.startsWith("packages/")) {
      const options = ["--ignore-scripts", "--loglevel=error", "--pack-destination", own];
      const printed = execFileSync("npm", ["pack", ...options], { cwd: join(root, place), encoding: "utf8" });
      tarballs.set(`${name}@${version}`, join(own, printed.trim().split("\n").at(-1) ?? ""));
    } else {
      mkdirSync(join(own, "in"));
      symlinkSync(join(root, place), join(own, "in", "package"));
      execFileSync("tar", ["-chzf", file, "--exclude", "package/node_modules", "-C", join(own, "in"), "package"]);
      tarballs.set(`${name}@${version}`, file);
    }
    return tarballs.get(`${name}@${version}`) ?? file;
  };

  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/").slice(1);
    const [name = "", tarball] = path.split("/-/");
    const versions = places.get(name) ?? [];
    if (versions.length === 0) {
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
    } else if (tarball === undefined) {
      const rows = versions.map(({ manifest }) => {
        const dist = { tarball: `${url}/${name}/-/${manifest.version}.tgz` };
        return [manifest.version, { ...manifest, dist }] as const;
      });
      const latest = rows.at(-1)?.[0];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ name, "dist-tags": { latest }, versions: Object.fromEntries(rows) }));
    } else {
      const found = versions.find(({ manifest }) => `${manifest.version}.tgz` === tarball);
      if (found === undefined) response.writeHead(404).end();
      else {
        response.writeHead(200, { "content-type": "application/octet-stream" });
        createReadStream(tarballOf(found.place, found.manifest)).pipe(response);
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Installed {
  readonly place: string;
  readonly manifest: Manifest;
}

/** Every package of the lock file that is on this machine, by name. */
function installed(): Map<string, Installed[]> {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, object>;
  };
  const found = new Map<string, Installed[]>();
  for (const place of Object.keys(lock.packages)) {
    const path = join(root, place, "package.json");
    const isOwn = /^packages\/[^/]+$/.test(place);
    if ((!isOwn && !/node_modules\//.test(place)) || place.includes("@amazon-pay-kit/") || !existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    found.set(manifest.name, [{ place, manifest }, ...(found.get(manifest.name) ?? [])]);
  }
  return found;
}
