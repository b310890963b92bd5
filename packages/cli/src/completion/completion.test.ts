import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../commands/index.ts";
import { GLOBAL_OPTIONS } from "../program.ts";
import { bashScript, zshScript } from "./bash-and-zsh.ts";
import { fishScript } from "./fish.ts";
import { grammarOf } from "./grammar.ts";

const grammar = grammarOf(COMMANDS, GLOBAL_OPTIONS);

/** What a shell offers for the last of the words, with files shown as `FILES`. */
const SHELLS: Readonly<Record<string, (words: readonly string[]) => readonly [program: string, script: string]>> = {
  bash: (words) => [
    "bash",
    `${bashScript(grammar)}\n_apay_files() { COMPREPLY=(FILES); }\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length - 1}\n_apay\nprintf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  zsh: (words) => [
    "zsh",
    // zsh itself picks out what begins like the current word.
    `${zshScript(grammar)}\n_apay_files() { print FILES }\ncompadd() { shift; print -l -- "\${(@M)@:#$current*}" }
words=(${words.map((word) => `'${word}'`).join(" ")})\nCURRENT=${words.length}\n_apay`,
  ],
};

const installed = (program: string): boolean => spawnSync(program, ["-c", "true"]).status === 0;

describe.each(Object.keys(SHELLS))("completion in %s", (shell) => {
  it.runIf(installed(shell)).each([
    [
      ["apay", "rec"],
      ["records", "reconcile"],
    ],
    [
      ["apay", "reports", ""],
      ["list", "get", "download", "request", "load", "withdraw", "schedules"],
    ],
    [["apay", "reports", "schedules", "ca"], ["cancel"]],
    [
      ["apay", "--account", "us", "settlements", ""],
      ["list", "show", "accept"],
    ],
    [
      ["apay", "sync", "--source", ""],
      ["v2", "mws", "folder"],
    ],
    [["apay", "sync", "--source", "v2", "--per"], ["--personal-data"]],
    [["apay", "export", "--format", "b"], ["beancount"]],
    [["apay", "parse", "a"], ["FILES"]],
    [["apay", "parse", "a.csv", "--form"], ["--format"]],
    [["apay", "parse", "a.csv", "--format", "nd"], ["ndjson"]],
    [["apay", "export", "--out", "x"], ["FILES"]],
    [["apay", "completion", "z"], ["zsh"]],
    [["apay", "call", "--region", "e"], ["eu"]],
  ])("%j", (words, offered) => {
    const [program, script] = (SHELLS[shell] ?? (() => ["", ""]))(words);
    const { stdout, stderr } = spawnSync(program, program === "zsh" ? ["-f", "-c", script] : ["--norc", "-c", script], {
      encoding: "utf8",
    });
    expect({ stderr, offered: stdout.trim().split("\n") }).toEqual({ stderr: "", offered });
  });
});

it("gives fish the values of options and the files of arguments", () => {
  const script = fishScript(grammar);
  expect(script).toMatch(/apay export \*.* -l format -x -a "csv ndjson/);
  expect(script).toMatch(/apay parse \*.* -F$/m);
});
