import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** All temporary files of a run lie in one folder, which goes when the run ends: a machine that tests often does not fill up. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "apay-tests-"));
  // The database server refuses to be root: as another user it must reach its own folder in here.
  chmodSync(folder, 0o711);
  for (const name of ["TMPDIR", "TMP", "TEMP"]) process.env[name] = folder;
  return () => {
    // On Windows, and where a process that was killed is still going, something may be in use: it is left to the system.
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      return;
    }
  };
}
