import { printableText } from "@amazon-pay-kit/ledger";
import type { Context } from "hono";
import { type Frame, linkTo, Page } from "../layout/page.tsx";
import type { PageOutput, PageRow } from "../pages/page-row.ts";
import type { PlainText } from "../locales/texts.ts";

/** A page as a document. */
export function documentOf(frame: Frame, output: PageOutput, current: PageRow["current"] | null = null): string {
  const page = (
    <Page frame={frame} current={current} title={output.title}>
      {output.body}
    </Page>
  );
  // Texts of files and of people stand in it: what would turn the direction of a line, or act, is shown.
  return `<!doctype html>${printableText(String(page), "\t\n")}`;
}

/** What went wrong. */
export interface Failure {
  readonly status: 400 | 403 | 404 | 500;
  readonly reason: PlainText;
  /** What the books said, in English as everywhere in logs and on the command line. */
  readonly detail?: string;
}

/** The page that says what went wrong. */
export function failurePage(
  context: Context,
  frame: Frame,
  { status, reason, detail }: Failure,
): Response | Promise<Response> {
  const body = (
    <>
      <p class="message bad">
        {frame.translate(reason)}
        {detail === undefined ? null : (
          <>
            <br />
            <span lang="en">{detail}</span>
          </>
        )}
      </p>
      <p>
        <a href={linkTo(frame, "/")}>{frame.translate("back to overview")}</a>
      </p>
    </>
  );
  const title = frame.translate(status === 404 ? "not found" : "did not work");
  return context.html(documentOf(frame, { title, body }), status);
}
