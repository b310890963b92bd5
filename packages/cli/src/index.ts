/** The command line as a library: run `apay` commands in-process, e.g. in tests. */
export { CliError, EXIT, type ExitStatus } from "./errors.ts";
export { runProgram } from "./program.ts";
export type { Screen, Terminal } from "./terminal/terminal.ts";
