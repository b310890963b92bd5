/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { type ExceptionView, listExceptions } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge } from "../../components/badge.tsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import type { PlainText } from "../../locales/texts.ts";
import { exceptionLink } from "../../tables/exceptions.tsx";
import type { TableSource } from "../../tables/list-table.ts";

/** The differences that the demonstration plants, with what a visitor is to see in each. */
const STOPS = [
  ["bank.missing-deposit", "tour missing"],
  ["match.amount", "tour short"],
  ["fee.mismatch", "tour fee"],
  ["match.status", "tour canceled"],
] as const satisfies readonly (readonly [string, PlainText])[];

/** A difference of the tour. */
export interface TourStop {
  readonly text: (typeof STOPS)[number][1];
  readonly found: ExceptionView;
}

/** The planted differences that these books have. */
export async function tourStops({ views }: TableSource): Promise<readonly TourStop[]> {
  const stops: TourStop[] = [];
  for (const [code, text] of STOPS) {
    const [found] = (await listExceptions(views, { code, limit: 1 })).items;
    if (found !== undefined) stops.push({ text, found });
  }
  return stops;
}

/** A short way through the invented shop: each planted difference, what it shows, and whether it is dealt with. */
export const Tour: FC<{ stops: readonly TourStop[]; shown: boolean; frame: Frame }> = ({ stops, shown, frame }) => {
  const { translate, format } = frame;
  if (stops.length === 0) return null;
  if (!shown)
    return (
      <p class="small">
        <a href={linkTo(frame, "/", { tour: "on" })}>{translate("tour show")}</a>
      </p>
    );
  return (
    <section class="panel" id="tour">
      <div class="row">
        <h2>{translate("tour title")}</h2>
        <a href={linkTo(frame, "/", { tour: "off" })}>{translate("tour hide")}</a>
      </div>
      <p class="soft">{translate("tour intro", { count: stops.length })}</p>
      <ol class="needs">
        {stops.map(({ text, found }) => (
          <li>
            <h3>
              <a href={exceptionLink({ ...frame, account: found.accountId }, found)}>{translate(text)}</a>{" "}
              {found.status === "open" || found.status === "reopened" ? null : (
                <Badge tone="good">{translate("check done")}</Badge>
              )}
            </h3>
            <span class="amount">
              {found.amountMinor === null || found.currency === null ? null : (
                <Money format={format} minor={found.amountMinor} currency={found.currency} />
              )}
            </span>
            <span class="note">{translate(`${text} how`)}</span>
          </li>
        ))}
      </ol>
      <p class="small soft">
        {translate("tour then")} <a href={linkTo(frame, "/bank/match")}>{translate("match title")}</a> ·{" "}
        <a href={linkTo(frame, "/claims")}>{translate("claims")}</a> ·{" "}
        <a href={linkTo(frame, "/close")}>{translate("close")}</a>
      </p>
    </section>
  );
};
