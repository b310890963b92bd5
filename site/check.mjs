/**
 * Tries a built site in a browser: from below a path of a web server, and read from a disk.
 *
 *     node site/check.mjs site/dist      status 1 when something that a reader needs does not work
 *
 * Looks at what the build's own link check cannot: that search finds, that a signature made in the page is one, that the
 * menu of versions leads to another version, that nothing is asked of another host, and that pages have their style on a disk.
 */
import assert from "node:assert/strict";
import { createPublicKey, constants, createHash, verify } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const built = resolve(process.argv[2] ?? "site/dist");
const versions = JSON.parse(readFileSync(join(built, "versions.json"), "utf8"));
const [version] = versions;

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".png": "image/png",
  ".woff2": "font/woff2",
};
/** A folder as a plain web server shows it, below `/some/place/`. */
function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/^\/some\/place\//, "");
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    response
      .writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (executablePath === undefined) throw new Error("no browser: apt-get install chromium");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const folder = mkdtempSync(join(tmpdir(), "site-"));
// A second version beside the first, as after the next release.
cpSync(built, folder, { recursive: true });
cpSync(join(built, version), join(folder, "0.0.1"), { recursive: true });
writeFileSync(join(folder, "versions.json"), JSON.stringify([version, "0.0.1"]));
const server = await serve(folder);
const origin = `http://127.0.0.1:${server.address().port}`;
const base = `${origin}/some/place/${version}/`;
const page = await browser.newPage();
const problems = [];
page.on("pageerror", (error) => problems.push(error.message));
page.on("requestfailed", (request) => {
  const reason = request.failure()?.errorText;
  // What was fetched in advance, and is left alone because the page goes elsewhere.
  if (reason !== "net::ERR_ABORTED") problems.push(`${request.url()}: ${reason}`);
});
page.on("response", (response) => {
  if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
});
page.on("request", (request) => {
  if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) problems.push(`asked ${request.url()}`);
});

try {
  await page.goto(`${origin}/some/place/`);
  await page.waitForURL((url) => url.pathname.startsWith(`/some/place/${version}/`));

  await page.getByRole("button", { name: "Search" }).first().click();
  await page.getByRole("searchbox").fill("createCharge");
  await page.getByRole("listbox").locator("a[href*='api/createCharge']").first().click();
  await page.getByRole("heading", { level: 1, name: "createCharge" }).waitFor();
  await page.locator(".vp-doc").getByRole("link", { name: "ChargeCreate" }).first().click();
  await page.getByRole("heading", { level: 1, name: "ChargeCreate" }).waitFor();

  await page.goto(`${base}api/sign.html`);
  await page.getByRole("button", { name: "Make a key" }).click();
  const text = await page.locator("[data-result=string]").textContent();
  const canonical = await page.locator("[data-result=canonical]").textContent();
  const headers = await page.locator("[data-result=headers]").textContent();
  const key = createPublicKey(await page.getByLabel(/Private key/).inputValue());
  const signature = Buffer.from(/Signature=([\w+/=]+)/.exec(headers)?.[1] ?? "", "base64");
  assert.equal(text, `AMZN-PAY-RSASSA-PSS-V2\n${createHash("sha256").update(canonical).digest("hex")}`);
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  assert.ok(verify("sha256", Buffer.from(text), pss, signature), "the page's signature is not one");
  await page.getByLabel("Private key").fill("-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----");
  await page.getByRole("alert").waitFor();

  await page.locator(".VPNavBar").getByRole("switch").click();
  await page.waitForFunction(() => document.documentElement.classList.contains("dark"));

  await page.getByLabel("Version").selectOption("0.0.1");
  await page.waitForURL((url) => url.pathname.startsWith("/some/place/0.0.1/"));
  assert.deepEqual(problems, []);

  // From a disk, pages are read: their text, their style, their links. Browsers run no module scripts there.
  const disk = await browser.newPage();
  await disk.goto(pathToFileURL(join(built, version, "integrate-checkout.html")).href);
  await disk.getByRole("heading", { level: 1 }).waitFor();
  assert.match(await disk.evaluate(() => getComputedStyle(document.body).fontFamily), /Inter/);
  await disk.getByRole("link", { name: "Error codes" }).first().click();
  await disk.getByRole("heading", { level: 1, name: /error/i }).waitFor();
  console.log(`the site works below a path and from a disk; nothing was asked of another host`);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
