/** What goes on which page of `docs/reference/`: a page a package, and where that would be long, a page a module of it. */
import { readFileSync, readdirSync } from "node:fs";
import { basename, relative } from "node:path";
import ts from "typescript";
import { sectionOf } from "./reference-sections.mjs";
import { root } from "./toolbox.mjs";

/** A package with no more lines than this is one page; a larger one is a table of contents with a page a module. */
const LONGEST_PAGE = 450;
/** A folder of the source with fewer names than this has no page of its own. */
const FEWEST_NAMES = 3;
/** Lines of a module beyond which each of its files has a page. */
const LONGEST_MODULE = 900;

const GENERATED = "Generated from the source by `npm run docs`.";

/** Module that a name belongs to: its folder below `src`, or below that of its entry point. */
function moduleOf(symbol, name) {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
  const path = relative(`${root}packages/${name}/src`, file).replaceAll("\\", "/");
  if (path.startsWith("..")) return /packages\/([\w-]+)\//.exec(file)?.[1] ?? "general";
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "general";
}

function sectionsOf(entry, program) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry.file));
  return checker
    .getExportsOfModule(module)
    .map((exported) => sectionOf(exported, checker))
    .filter((section) => section !== null)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

const inCell = (text) => text.replaceAll("|", "\\|");
const contentsOf = (sections, page) =>
  sections.length === 0
    ? []
    : [
        "| Name | |",
        "|---|---|",
        ...sections.map(
          ({ name, kind, anchor, about }) =>
            `| [\`${name}\`](${page}#${anchor}) | ${kind}${about === "" ? "" : `: ${inCell(about)}`} |`,
        ),
        "",
      ];
const textOf = (lines) => `${lines.join("\n").trimEnd()}\n`;

const linesOf = (sections) => sections.reduce((sum, { text }) => sum + text.split("\n").length, 0);

/** A module that would be long, by the files of its folder. */
function byFile(module, sections) {
  if (linesOf(sections) <= LONGEST_MODULE) return [{ module, sections }];
  const files = new Map();
  for (const section of sections) {
    const stem = basename(section.symbol.declarations?.[0]?.getSourceFile().fileName ?? "", ".ts");
    const file = stem === "index" ? module : `${module}-${stem}`;
    files.set(file, [...(files.get(file) ?? []), section]);
  }
  return [...files].map(([file, its]) => ({ module: file, sections: its }));
}

/** Modules of a package's main entry point, each with its sections; small ones together. */
function modulesOf(sections, name) {
  const modules = new Map();
  for (const section of sections) {
    const module = moduleOf(section.symbol, name);
    modules.set(module, [...(modules.get(module) ?? []), section]);
  }
  const few = [...modules].filter(([module, its]) => module !== "general" && its.length < FEWEST_NAMES);
  for (const [module, its] of few) {
    modules.delete(module);
    modules.set("general", [...(modules.get("general") ?? []), ...its]);
  }
  return [...modules]
    .flatMap(([module, its]) =>
      byFile(
        module,
        its.sort((left, right) => (left.name < right.name ? -1 : 1)),
      ),
    )
    .sort((left, right) => (left.module < right.module ? -1 : 1));
}

/** Pages of one package, by their path below `docs/reference`. */
function packagePages(name, entries, program) {
  const [main, ...others] = entries.map((entry) => ({ ...entry, sections: sectionsOf(entry, program) }));
  const head = [
    `# ${main.name}`,
    "",
    main.about ?? "",
    "",
    `${GENERATED} All packages: [API reference](README.md).`,
    "",
  ];
  const all = [main, ...others];
  const whole = all.flatMap((entry) => [`## ${entry.name}`, "", ...entry.sections.map(({ text }) => text)]);
  if (whole.join("\n").split("\n").length <= LONGEST_PAGE) {
    const contents = all.flatMap((entry) => contentsOf(entry.sections, ""));
    return new Map([[`${name}.md`, textOf([...head, ...contents, ...whole])]]);
  }
  const pages = new Map();
  const index = [...head];
  const page = (file, title, sections) => {
    index.push(`## [${title}](${name}/${file}.md)`, "", ...contentsOf(sections, `${name}/${file}.md`));
    const up = `${GENERATED} Package: [${main.name}](../${name}.md). All packages: [API reference](../README.md).`;
    const body = ["# " + title, "", up, "", ...contentsOf(sections, ""), ...sections.map(({ text }) => text)];
    pages.set(`${name}/${file}.md`, textOf(body));
  };
  const subpathOf = (entry) => entry.name.slice(main.name.length + 1);
  // What a subpath exports too is explained there, once.
  const elsewhere = new Map(others.flatMap((entry) => entry.sections.map(({ symbol }) => [symbol, subpathOf(entry)])));
  const own = main.sections.filter(({ symbol }) => !elsewhere.has(symbol));
  const subpaths = new Set(others.map(subpathOf));
  for (const { module, sections } of modulesOf(own, name))
    page(subpaths.has(module) ? `${module}-names` : module, `${main.name}: ${module}`, sections);
  for (const entry of others) page(subpathOf(entry), entry.name, entry.sections);
  const also = main.sections.filter(({ symbol }) => elsewhere.has(symbol));
  if (also.length > 0)
    index.push(
      `Also exported by \`${main.name}\` itself: `,
      also.map((one) => `[\`${one.name}\`](${name}/${elsewhere.get(one.symbol)}.md#${one.anchor})`).join(", "),
    );
  return new Map([[`${name}.md`, textOf(index)], ...pages]);
}

/** Codes of an error class: the values that its `code` may have. */
function codesOf(section, checker) {
  const code = checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(section.symbol), "code");
  if (code === undefined) return [];
  const type = checker.getTypeOfSymbol(code);
  return (type.isUnion() ? type.types : [type]).filter((part) => part.isStringLiteral()).map((part) => part.value);
}

/** What stands beside a code where it is listed: `| "store.locked" // …` or a comment before it. */
function remarkOn(code, files) {
  for (const text of files) {
    const at = text.indexOf(`"${code}"`);
    if (at === -1) continue;
    const lineStart = text.lastIndexOf("\n", at) + 1;
    const before = text.slice(0, lineStart).trimEnd();
    const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/$/.exec(before)?.[1];
    if (comment !== undefined && /^\s*\|/.test(text.slice(lineStart, at)))
      return comment
        .replaceAll(/^\s*\*?/gm, " ")
        .replaceAll(/\s+/g, " ")
        .replaceAll(/\{@link (\S+?)\}/g, "`$1`")
        .trim();
  }
  return "";
}

/** Codes that stand where an error is made, `new CliError("config.no-mws", …)`, in its class, or in the list of an `…ErrorCode`. */
function writtenCodes() {
  const found = [];
  const files = readdirSync(`${root}packages`).flatMap((owner) =>
    readdirSync(`${root}packages/${owner}/src`, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$|(^|\/)(conformance|testing|fixtures)\//.test(path))
      .sort()
      .map((path) => [owner, `${root}packages/${owner}/src/${path}`]),
  );
  for (const [owner, path] of files) {
    const text = readFileSync(path, "utf8");
    if (!/(Error|Problem|Failure)\b|ErrorCode/.test(text)) continue;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const add = (code, name, remark = "") => {
      if (code !== undefined && ts.isStringLiteral(code) && /^[a-z][a-z-]*\.[a-z0-9.-]+$/.test(code.text))
        found.push({ code: code.text, name, from: `@amazon-pay-kit/${owner}`, remark });
    };
    const visit = (node) => {
      if (ts.isNewExpression(node)) {
        const name = node.expression.getText(file);
        if (/(Error|Problem|Failure)$/.test(name)) add(node.arguments?.[0], name);
      } else if (ts.isPropertyDeclaration(node) && node.name.getText(file) === "code") {
        add(node.initializer, node.parent.name?.getText(file) ?? "");
      } else if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith("ErrorCode")) {
        const parts = ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
        for (const { literal } of parts)
          if (literal !== undefined) add(literal, node.name.text, remarkOn(literal.text, [text]));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** Pages of the error codes: an area (what stands before the dot) a page, and a list of all. */
function errorPages(packages, program) {
  const checker = program.getTypeChecker();
  const areas = new Map();
  for (const { entries } of packages)
    for (const entry of entries)
      for (const section of sectionsOf(entry, program)) {
        if (section.kind !== "class" || !section.name.endsWith("Error")) continue;
        const base = section.symbol.declarations?.[0];
        const files = program
          .getSourceFiles()
          .filter(({ fileName }) => fileName.startsWith(`${root}packages/`) && /error/i.test(fileName))
          .map(({ text }) => text);
        const own = base === undefined ? [] : [base.getSourceFile().text];
        for (const code of codesOf(section, checker)) {
          const area = code.includes(".") ? code.slice(0, code.indexOf(".")) : "general";
          const codes = areas.get(area) ?? new Map();
          const known = codes.get(code) ?? { classes: new Map(), remark: remarkOn(code, [...own, ...files]) };
          if (!known.classes.has(section.name))
            known.classes.set(section.name, { from: entry.name, about: section.about });
          codes.set(code, known);
          areas.set(area, codes);
        }
      }
  for (const { code, name, from, remark } of writtenCodes()) {
    const area = code.slice(0, code.indexOf("."));
    const codes = areas.get(area) ?? new Map();
    const known = codes.get(code) ?? { classes: new Map(), remark };
    const isListed = name.endsWith("ErrorCode") && known.classes.size > 0;
    if (!isListed && !known.classes.has(name)) known.classes.set(name, { from, about: "" });
    codes.set(code, known);
    areas.set(area, codes);
  }
  const sorted = [...areas].sort(([left], [right]) => (left < right ? -1 : 1));
  const pages = new Map();
  const index = [
    "# Error codes",
    "",
    "Every error of the kit has a stable `code`; branch on it and not on the message. The message says what was wrong, where, and what to do.",
    "",
    `${GENERATED} All packages: [API reference](../README.md).`,
    "",
    "| Area | Codes |",
    "|---|---|",
  ];
  for (const [area, codes] of sorted) {
    const listed = [...codes].sort(([left], [right]) => (left < right ? -1 : 1));
    const anchor = (code) => code.toLowerCase().replaceAll(/[^\w-]/g, "");
    index.push(
      `| [${area}](${area}.md) | ${listed.map(([code]) => `[\`${code}\`](${area}.md#${anchor(code)})`).join(", ")} |`,
    );
    const lines = [`# Error codes: ${area}`, "", `${GENERATED} All areas: [error codes](README.md).`, ""];
    for (const [code, { classes, remark }] of listed) {
      lines.push(`## \`${code}\``, "");
      if (remark !== "") lines.push(remark, "");
      for (const [name, { from, about }] of classes)
        lines.push(`- \`${name}\` of \`${from}\`${about === "" ? "" : `: ${about}`}`);
      lines.push("");
    }
    pages.set(`errors/${area}.md`, textOf(lines));
  }
  return new Map([["errors/README.md", textOf(index)], ...pages]);
}

/**
 * All pages.
 *
 * @param packages `{ name, entries }` of each, in the order in which the index lists them
 * @returns text by path below `docs/reference`
 */
export function pagesOf(packages, program) {
  const index = [
    "# API reference",
    "",
    `${GENERATED} The guides: [documentation](../README.md). What errors are called: [error codes](errors/README.md).`,
    "",
    "| Package | Holds |",
    "|---|---|",
    ...packages.map(({ name, entries }) => `| [${entries[0].name}](${name}.md) | ${inCell(entries[0].about ?? "")} |`),
  ];
  return new Map([
    ["README.md", textOf(index)],
    ...packages.flatMap(({ name, entries }) => [...packagePages(name, entries, program)]),
    ...errorPages(packages, program),
  ]);
}
