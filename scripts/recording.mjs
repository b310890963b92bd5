/**
 * Records what `npm start` shows, for the first screen of the README: the terminal, then the way from the overview to a row of a
 * report in the dashboard. Writes
 * `docs/pictures/tour.webp`, which moves, and the still pictures beside it.
 *
 *     node scripts/recording.mjs
 *
 * Needs Chromium and img2webp (Debian: apt-get install chromium webp). The seed of the demo makes the pictures comparable.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "./toolbox.mjs";

const WIDTH = 1120;
const HEIGHT = 700;
const PORT = "8591";
const folder = mkdtempSync(join(tmpdir(), "recording-"));
const frames = [];

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (executablePath === undefined || spawnSync("img2webp", ["-version"]).status !== 0) {
  process.stderr.write("needs Chromium and img2webp: apt-get install chromium webp\n");
  process.exit(2);
}

/** The demo until it serves the dashboard; the lines that it has printed, as they stood at each change. */
function startDemo() {
  const args = ["demo", "--port", PORT, "--sandbox-port", "0", "--sandbox-https-port", "0"];
  const demo = spawn(process.execPath, [join(root, "packages/cli/bin/apay.js"), ...args], {
    cwd: folder,
    env: { ...process.env, COLUMNS: "120", FORCE_COLOR: "0" },
  });
  let text = "";
  return new Promise((resolve, reject) => {
    const take = (piece) => {
      text += piece;
      if (/http:\/\/\S+:8591/.test(text)) resolve({ demo, lines: text.split("\n") });
    };
    demo.stdout.on("data", take);
    demo.stderr.on("data", take);
    demo.once("exit", (status) => reject(new Error(`the demo ended with ${status}:\n${text}`)));
  });
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--force-prefers-reduced-motion"] });
const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: "light" });

/** Keeps what the page shows for some milliseconds of the film. */
async function frame(millis, target = page) {
  const file = join(folder, `${String(frames.length).padStart(3, "0")}.png`);
  await target.screenshot({ path: file });
  frames.push({ file, millis });
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const terminal = (lines) => `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #10151c; color: #d5dde6; font: 12.5px/1.45 "DejaVu Sans Mono", monospace; padding: 18px 22px; }
  b { color: #7fd1e6; font-weight: 400; } pre { margin: 0; white-space: pre; overflow: hidden; }
</style><pre><b>$ npm start</b>\n${lines.map(escape).join("\n")}</pre>`;

/** What fits into the picture of a terminal. */
const ROWS = 36;

/** Follows a link or presses a button that a person would, with the pointer on it first. */
async function follow(locator, millis = 1800) {
  const link = locator.first();
  await link.scrollIntoViewIfNeeded();
  await link.hover();
  await frame(700);
  await link.click();
  await page.waitForLoadState("load");
  await frame(millis);
}

/** From the overview to the line of a file. */
function tour() {
  return [
    () => follow(page.getByRole("navigation").getByRole("link", { name: "To do" }), 2400),
    async () => {
      await page.getByRole("searchbox").first().fill("3045.99");
      await frame(1200);
      await page.keyboard.press("Enter");
      await page.waitForLoadState("load");
      await frame(3000);
    },
    () => follow(page.locator("main").locator('a[href*="/settlements/"]'), 3200),
    () => page.screenshot({ path: join(root, "docs/pictures/settlement.png") }),
  ];
}

let demo;
try {
  const started = await startDemo();
  demo = started.demo;
  const { lines } = started;
  for (let shown = 1; shown < lines.length; shown += Math.max(1, Math.ceil(lines.length / 14))) {
    await page.setContent(terminal(lines.slice(Math.max(0, shown - ROWS), shown)));
    await frame(220);
  }
  await page.setContent(terminal(lines.slice(-ROWS)));
  await frame(2600);

  await page.goto(`http://127.0.0.1:${PORT}/`);
  await frame(2600);
  await page.screenshot({ path: join(root, "docs/pictures/overview.png") });
  await page.screenshot({
    path: join(root, "docs/pictures/social.png"),
    clip: { x: 0, y: 0, width: WIDTH, height: WIDTH / 2 },
  });
  for (const step of tour()) await step();
} finally {
  demo?.kill("SIGTERM");
  await browser.close();
}

const out = join(root, "docs/pictures/tour.webp");
const made = spawnSync(
  "img2webp",
  [
    "-loop",
    "0",
    ...frames.flatMap(({ file, millis }) => ["-d", String(millis), "-lossy", "-q", "55", "-m", "6", file]),
    "-o",
    out,
  ],
  {
    encoding: "utf8",
  },
);
if (made.status !== 0) throw new Error(made.stderr);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${frames.length} frames: ${out}\n`);
