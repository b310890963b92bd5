/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { EXPLANATION_REASONS } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import type { Frame } from "../../layout/page.tsx";
import { term } from "../../locales/texts.ts";

/** Why a difference is all right: each reason but the first stands for an account, on which it is booked. */
export const ReasonChoice: FC<{ frame: Frame; form?: string | undefined }> = ({ frame, form }) => (
  <label>
    {frame.translate("column reason")}
    <select name="reason" form={form}>
      <option value="">{frame.translate("no booking")}</option>
      {EXPLANATION_REASONS.map((reason) => (
        <option value={reason}>{term("reason", reason, frame.format.locale)}</option>
      ))}
    </select>
  </label>
);
