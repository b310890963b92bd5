import { accessSync, constants } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Usual places of a Chromium; `CHROMIUM_PATH` comes before them. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Where a Chromium lies on this machine; undefined where there is none. */
function findChromium(): string | undefined {
  const named = process.env["CHROMIUM_PATH"];
  return named ?? PLACES.find(isExecutable);
}

/**
 * Whether browser tests run here. Where there is no Chromium they do not, and say so; in CI a missing one is an error.
 *
 * @throws Error in CI
 */
export function browserTestsRun(): boolean {
  if (findChromium() !== undefined) return true;
  if (process.env["CI"] === "true")
    throw new Error("browser tests are required in CI: install a Chromium or set CHROMIUM_PATH");
  process.stderr.write(
    "No Chromium found: the browser tests do not run here. Set CHROMIUM_PATH to the program of one.\n",
  );
  return false;
}

/** Starts the Chromium. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium: ask browserTestsRun() first");
  return chromium.launch({ executablePath, args: ["--lang=en-US", ...args] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
