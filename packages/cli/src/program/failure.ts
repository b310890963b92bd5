import { errorDocs, KitError } from "@amazon-pay-kit/money";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { jsonText } from "../terminal/json-text.ts";
import { paintFor } from "../terminal/paint.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { printable } from "../terminal/width.ts";
import { withoutKeys } from "./private-key.ts";

/** An error as it is shown. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | undefined;
  readonly exitStatus: ExitStatus;
  /** What is wrong line by line, where a file was refused. */
  readonly problems?: readonly object[] | undefined;
}

/** A failure that the JSON document on stdout, begun before it, already tells of. */
export class DocumentedError extends KitError {
  override readonly name = "DocumentedError";
  readonly code = "parse.documented";

  constructor(cause: unknown) {
    super("told in the document", { cause });
  }
}

/** What may go well at another time: the service did not answer, or another process is at the same work. */
const SERVICE_CODES = /^(lease|api|connection|timeout|transport|mws|retry|service|network)\b/;

function member(error: object, name: string): unknown {
  return (error as Record<string, unknown>)[name];
}

function isSystemError(error: object): boolean {
  return typeof member(error, "syscall") === "string";
}

const SYSTEM: Readonly<Record<string, [message: (path: string, detail: string) => string, remedy: string]>> = {
  __proto__: null as never,
  ENOENT: [(path) => `there is no file ${path}`, "check the name"],
  EACCES: [(path) => `not allowed to open ${path}`, "check the file's permissions"],
  EISDIR: [(path) => `${path} is a folder, not a file`, "name a file"],
  ENOTDIR: [(path) => `a part of ${path} is a file, not a folder`, "check the path"],
  ENOSPC: [
    (path) => `the disk is full${path === "" ? "" : ` (${path})`}`,
    "free some space, then run the command again: nothing is lost",
  ],
  EDQUOT: [
    (path) => `your share of the disk is used up${path === "" ? "" : ` (${path})`}`,
    "free some space, then run the command again: nothing is lost",
  ],
  EIO: [
    (path, detail) => `the disk could not be read or written: ${path === "" ? detail : path}`,
    "check the disk and its connection, then run the command again: nothing is lost",
  ],
  EROFS: [(path) => `the disk may be read and not written${path === "" ? "" : ` (${path})`}`, "mount it for writing"],
  EMFILE: [() => "this process has as many files open as it may have", "raise the limit with ulimit -n"],
  EADDRINUSE: [
    (_path, detail) => `the port is taken: ${detail}`,
    "choose another one with --port, or 0 for any free one",
  ],
};

/** Of the disk there is something to say also where another error tells what could not be done because of it. */
const OF_THE_DISK = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "EMFILE", "EACCES"]);

function adviceOfDisk(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !isSystemError(cause)) return undefined;
  const code = String(member(cause, "code"));
  return OF_THE_DISK.has(code) ? SYSTEM[code]?.[1] : undefined;
}

/** PostgreSQL's code for what the login may not do. */
const NOT_ALLOWED = "42501";

/** Turns whatever was thrown into words, a stable code and an exit status. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError)
    return {
      code: error.code,
      message: error.message,
      remedy: error.remedy,
      exitStatus: error.exitStatus,
      problems: error.problems,
    };
  if (!(error instanceof Error))
    return { code: "unexpected", message: String(error), remedy: undefined, exitStatus: EXIT.impossible };
  const code = member(error, "code");
  const text = typeof code === "string" ? code : "unexpected";
  const remedy = member(error, "remedy");
  if (isSystemError(error)) {
    const [message, advice] = SYSTEM[text] ?? [];
    const path = String(member(error, "path") ?? "");
    if (message !== undefined)
      return { code: text, message: message(path, error.message), remedy: advice, exitStatus: EXIT.impossible };
  }
  if (text === NOT_ALLOWED) {
    const advice = "use a login in the role apay_worker for DATABASE_URL; see apay database roles";
    const message = `the login to the database may not do this: ${error.message}`;
    return { code: "store.not-allowed", message, remedy: advice, exitStatus: EXIT.impossible };
  }
  const status = member(error, "exitStatus");
  const service = SERVICE_CODES.test(text) || typeof member(error, "reasonCode") === "string" || isNetwork(error);
  return {
    code: text,
    message: error.message,
    remedy: typeof remedy === "string" ? remedy : adviceOfDisk(error.cause),
    exitStatus: isExitStatus(status) ? status : service ? EXIT.service : EXIT.impossible,
  };
}

function isExitStatus(status: unknown): status is ExitStatus {
  return typeof status === "number" && (Object.values(EXIT) as number[]).includes(status);
}

/** Codes of what may pass: a host that is away, and a database that is starting, stopping or full of connections. */
const PASSING =
  /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_|EPIPE|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|57P0[123]$|53300$|08\d)/;

/** Whether an error, or what brought it about, says that a service was not reached. */
export function isNetwork(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (PASSING.test(String(member(at, "code") ?? ""))) return true;
    const { errors } = at as { errors?: unknown };
    if (Array.isArray(errors) && errors.some(isNetwork)) return true;
  }
  return false;
}

/** Names of files and texts out of them stand in messages: they may break lines, and nothing else. */
function shown(message: string): string {
  return withoutKeys(message).split("\n").map(printable).join("\n");
}

/** Shows a failure: words on stderr, and with `--json` the same as the one document on stdout. */
export function showFailure(terminal: Terminal, failure: Failure, json: boolean): void {
  const paint = paintFor(terminal.err, terminal.env);
  terminal.err.write(`${paint("red", "error:")} ${shown(failure.message)}\n`);
  if (failure.remedy !== undefined) terminal.err.write(`${paint("cyan", "  try:")} ${shown(failure.remedy)}\n`);
  const docs = errorDocs(failure.code);
  if (docs !== undefined) terminal.err.write(`${paint("cyan", "  see:")} ${docs}\n`);
  if (json) showFailureDocument(terminal, failure);
}

/** Shows a failure as the one document on stdout alone. */
export function showFailureDocument(terminal: Terminal, failure: Failure): void {
  const { code, remedy, problems } = failure;
  const message = withoutKeys(failure.message);
  const document = {
    error: { code, message, remedy: remedy ?? null, docs: errorDocs(code) ?? null },
    ...(problems === undefined ? {} : { problems }),
  };
  terminal.out.write(`${jsonText(document, terminal.out.isTTY)}\n`);
}
