/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { type ExceptionCauses, type PayoutSums, ruleTextOf } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { DAY } from "../../locale/day.ts";
import { exceptionLink, exceptionTitle } from "../../tables/exceptions.tsx";

/** Where the exceptions of a cause are: the one itself, or the list of all of them. */
export function causeLink(frame: Frame, cause: ExceptionCauses["items"][number]): string {
  return cause.count === 1
    ? exceptionLink(frame, cause.head)
    : linkTo({ ...frame, account: cause.head.accountId }, "/exceptions", { status: "to-do", cause: cause.head.cause });
}

/** Causes with their money at risk, age and remedy. */
export const Causes: FC<{ causes: ExceptionCauses; frame: Frame; now: number }> = ({ causes, frame, now }) => {
  const { translate, format } = frame;
  return (
    <ul class="needs">
      {causes.items.map((cause) => (
        <li>
          <h3>
            <a href={causeLink(frame, cause)}>{exceptionTitle(cause.head, frame)}</a>
            {cause.count > 1 ? <span class="soft"> · {translate("times", { count: cause.count })}</span> : null}
          </h3>
          <span class="amount">
            {[...cause.atRisk]
              .filter(([, minor]) => minor !== 0n)
              .map(([currency, minor]) => (
                <Money format={format} minor={minor} currency={currency} />
              ))}
          </span>
          <span class="note">
            {translate("found days ago", { days: Math.max(0, Math.floor((now - cause.head.foundAt) / DAY)) })}
            {cause.head.orderId === null ? "" : ` · ${translate("order title", { order: cause.head.orderId })}`}.{" "}
            {ruleTextOf(cause.head.code, format.locale)?.remedy}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** The second question: what needs me? What was not compared at all comes before what was found to differ. */
export const NeedsMe: FC<{
  causes: ExceptionCauses;
  payouts: readonly PayoutSums[];
  compared: boolean;
  frame: Frame;
  now: number;
}> = ({ causes, payouts, compared, frame, now }) => {
  const { translate, format } = frame;
  const unchecked = payouts.reduce((sum, one) => sum + one.unchecked, 0);
  return (
    <section class="panel">
      <div class="row">
        <h2>{translate("needs me")}</h2>
        <a href={linkTo(frame, "/exceptions", { status: "to-do" })}>
          {translate("to do count", { count: causes.exceptions })}
        </a>
      </div>
      {unchecked === 0 ? null : (
        <ul class="needs">
          <li>
            <h3>
              <a href={linkTo(frame, "/bank", { bank: "unchecked" })}>
                {translate("payouts unchecked", { count: unchecked })}
              </a>
            </h3>
            <span class="amount">
              {payouts
                .filter((one) => one.unchecked > 0)
                .map((one) => (
                  <Money format={format} minor={one.uncheckedMinor} currency={one.currency} />
                ))}
            </span>
            <span class="note">{translate("import a statement")}</span>
          </li>
        </ul>
      )}
      {causes.items.length === 0 ? (
        <p class="empty">{translate(compared ? "nothing differs" : "nothing compared")}</p>
      ) : (
        <Causes causes={causes} frame={frame} now={now} />
      )}
    </section>
  );
};
