/**
 * A program on the PATH of the shell blocks: hands its command line to the fixture of the test, where it is carried out in
 * the test's own process, and ends with the status that it is told. Starting the real one for each line takes ten times as long.
 */
import { request } from "node:http";

const [, , program, ...args] = process.argv;
const order = { program, args, cwd: process.cwd(), env: process.env };
const call = request(process.env.DOCS_REPORTS, { method: "POST" }, (answer) => {
  let rest = "";
  answer.setEncoding("utf8");
  answer.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const { out, err, status } = JSON.parse(line);
      if (out !== undefined) process.stdout.write(Buffer.from(out, "base64"));
      if (err !== undefined) process.stderr.write(err);
      if (status !== undefined) process.exitCode = status;
    }
  });
});
call.on("error", (error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 70;
});
call.write(`${JSON.stringify(order)}\n`);
// A program that reads standard input says so by "-"; psql reads what is piped to it.
const reads = args.includes("-") || (program === "psql" && !args.includes("-c"));
if (reads) process.stdin.pipe(call);
else call.end();
