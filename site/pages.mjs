/** Gathers the pages of the site into one folder, and says where a file of the repository stands there. */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { operationPages } from "./operations.mjs";

/** Files at the root of the repository that are pages. */
const ROOT_PAGES = new Map([
  ["SECURITY.md", "project/security.md"],
  ["CHANGELOG.md", "project/changelog.md"],
  ["CONTRIBUTING.md", "project/contributing.md"],
  ["CODE_OF_CONDUCT.md", "project/code-of-conduct.md"],
  ["THIRD-PARTY.md", "project/third-party.md"],
]);

/**
 * Where a file of the repository stands on the site; `undefined` for one that is no page.
 *
 * @example pageOf("docs/reference/README.md") // "reference/index.md"
 */
export function pageOf(path) {
  if (ROOT_PAGES.has(path)) return ROOT_PAGES.get(path);
  if (path === "docs/README.md") return "guides.md";
  if (!/^(?:docs|decisions)\//.test(path)) return undefined;
  return path.replace(/^docs\//, "").replace(/(^|\/)README\.md$/, "$1index.md");
}

/**
 * The link of a page, for the site: to another page, or to the repository's own address; `undefined` when neither is known.
 * `from` is where the page's file stands in the repository, `isFolder` tells whether a path is one there.
 */
export function linkOf(href, from, { isFolder, repository }) {
  if (/^(?:[a-z][\w+.-]*:|#|\/\/)/i.test(href)) return href;
  const [, path = "", hash = ""] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  let target = posix.normalize(posix.join(posix.dirname(from), decodeURI(path))).replace(/\/$/, "");
  if (isFolder(target) && pageOf(`${target}/README.md`) !== undefined) target = `${target}/README.md`;
  const page = pageOf(target);
  if (page !== undefined) return `/${page}${hash}`;
  return repository ? `${repository}/blob/main/${target}${hash}` : undefined;
}

const write = (file, text) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** First heading of a page, without the code marks. */
export const titleOf = (text) => (/^# (.+)$/m.exec(text)?.[1] ?? "").replaceAll("`", "");

/** Where each page came from, by its path on the site: links in it are relative to that. */
export const SOURCES = "sources.json";

/** Fills `pages`; returns how many there are. */
export function stagePages({ root, pages }) {
  rmSync(pages, { recursive: true, force: true });
  const sources = {};
  const take = (path) => {
    const page = pageOf(path);
    if (page.endsWith(".md")) {
      sources[page] = path;
      write(join(pages, page), readFileSync(join(root, path), "utf8"));
    } else {
      mkdirSync(dirname(join(pages, page)), { recursive: true });
      cpSync(join(root, path), join(pages, page));
    }
  };
  for (const folder of ["docs", "decisions"]) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      const path = posix.join(folder, name.replaceAll("\\", "/"));
      if (statSync(join(root, path)).isFile()) take(path);
    }
  }
  for (const path of ROOT_PAGES.keys()) take(path);
  const api = JSON.parse(readFileSync(join(root, "packages/sdk/openapi.json"), "utf8"));
  for (const [page, text] of operationPages(api)) write(join(pages, page), text);
  cpSync(join(root, "packages/sdk/openapi.json"), join(pages, "public/openapi.json"));
  write(join(pages, "index.md"), home());
  write(join(pages, "api/sign.md"), signing());
  cpSync(join(root, "docs/pictures/overview.png"), join(pages, "public/overview.png"));
  write(join(pages, SOURCES), JSON.stringify(sources));
  return readdirSync(pages, { recursive: true }).filter((name) => name.endsWith(".md")).length;
}

const home = () => `---
layout: home
hero:
  name: Amazon Pay Kit
  text: Everything to take money through Amazon Pay
  tagline: A typed client, books that reconcile to the cent, and Amazon Pay on your own machine. Open source, TypeScript, unofficial.
  image:
    src: /overview.png
    alt: The dashboard of the books
  actions:
    - theme: brand
      text: Integrate checkout
      link: /integrate-checkout
    - theme: alt
      text: Reconcile a month
      link: /reconcile-a-month
    - theme: alt
      text: Run it for many merchants
      link: /many-merchants
features:
  - title: Client
    details: The whole API v2 and the older MWS Reports API. Typed, no dependencies, safe retries, notifications verified.
    link: /integrate-checkout
  - title: Books
    details: Every settlement and transaction report, each byte kept, reconciled with your orders and your bank. SQLite or PostgreSQL.
    link: /download-reports
  - title: Sandbox
    details: Amazon Pay on your machine, with checkout pages, a clock you can move and faults on request. The official SDKs run unchanged.
    link: /test-offline
---
`;

const signing = () => `# Sign a request

What a request to Amazon Pay looks like before and after it is signed. The key stays in this page: nothing is sent anywhere. When a signature is refused,
compare the canonical request below with the one that your code made, line by line. The rules: [requests](/amazon-pay/requests).

<SignRequest />
`;
