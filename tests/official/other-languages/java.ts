import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the SDK needs beside the JDK, where Debian puts it. */
const JARS = ["json", "httpclient", "httpcore", "commons-logging", "commons-codec", "commons-lang3", "bcprov"];
const PACKAGES =
  "default-jdk-headless libandroid-json-org-java libhttpclient-java libcommons-lang3-java libbcprov-java";

/** The jars of `CLASSPATH`, or Debian's; undefined where one is missing. */
function jars(): string | undefined {
  const given = process.env["CLASSPATH"];
  if (given !== undefined && given !== "") return given;
  const paths = JARS.map((name) => `/usr/share/java/${name}.jar`);
  return paths.every((path) => existsSync(path)) ? paths.join(delimiter) : undefined;
}

/**
 * Compiles the SDK's sources and the shop into a folder, and makes a trust store of the sandbox's authority.
 *
 * @returns the command that runs the shop, or a sentence that says what is missing
 */
export function prepareJava(sdk: string, caFile: string, folder: string): readonly string[] | string {
  const libraries = jars();
  if (libraries === undefined)
    return `a jar of ${JARS.join(", ")} is missing: name them in CLASSPATH (Debian: ${PACKAGES})`;
  const sources = join(sdk, "src");
  if (!existsSync(sources)) return `${sdk} is not a checkout of the SDK: it has no folder src`;
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".java"));
  const shop = fileURLToPath(new URL("Shop.java", import.meta.url));
  const trust = join(folder, "trust.p12");
  run(
    "javac",
    "-nowarn",
    "-proc:none",
    "-encoding",
    "UTF-8",
    "-d",
    folder,
    "-cp",
    libraries,
    ...files.map((name) => join(sources, name)),
    shop,
  );
  run(
    "keytool",
    "-importcert",
    "-noprompt",
    "-alias",
    "sandbox",
    "-file",
    caFile,
    "-keystore",
    trust,
    "-storepass",
    "sandbox",
    "-storetype",
    "PKCS12",
  );
  return [
    "java",
    // The shop's own words, and what Java says of its libraries, are apart.
    "-Dfile.encoding=UTF-8",
    `-Djavax.net.ssl.trustStore=${trust}`,
    "-Djavax.net.ssl.trustStorePassword=sandbox",
    "-cp",
    [folder, libraries].join(delimiter),
    "Shop",
  ];
}

function run(command: string, ...arguments_: readonly string[]): void {
  const { status, stderr } = spawnSync(command, arguments_, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}
