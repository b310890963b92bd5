import { withBooks } from "../books/open.ts";
import { EXIT } from "../errors.ts";
import type { CommandRow } from "../program/command.ts";

export const archiveVerify: CommandRow = {
  name: "archive verify",
  summary: "check every archived file against its hash",
  examples: [["apay archive verify", "exit status 1 if anything is missing or altered"]],
  run: (context) =>
    withBooks(context, async ({ ledger }) => {
      let files = 0;
      let bytes = 0;
      const problems: { path: string; problem: string; message: string }[] = [];
      for await (const file of ledger.verifyArchive()) {
        files += 1;
        bytes += file.byteCount ?? 0;
        context.progress.update("verifying files", files);
        for (const finding of file.findings) problems.push({ ...finding });
      }
      context.progress.end();
      if (context.json) context.document({ files, bytes, problems });
      else {
        context.table(problems, [
          { title: "problem", value: (item) => item.problem, paint: (_item, cell, paint) => paint("red", cell) },
          { title: "file", value: (item) => item.path },
          { title: "what", value: (item) => item.message, wraps: true },
        ]);
        const words = `${files} files, ${bytes} bytes, ${problems.length} problems`;
        context.line(problems.length === 0 ? context.paint("green", words) : context.paint("red", words));
      }
      return problems.length === 0 ? EXIT.done : EXIT.problems;
    }),
};
