/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";
import { linkTo, type Frame } from "../layout/page.tsx";

/** A line of a kept file, as a link to it. */
export const Place: FC<{ frame: Frame; accountId: string; fileId: number; line: number }> = (props) => (
  <a
    href={linkTo({ ...props.frame, account: props.accountId }, `/files/${props.fileId}`, { line: String(props.line) })}
  >
    {props.frame.translate("line n", { line: String(props.line) })}
  </a>
);
