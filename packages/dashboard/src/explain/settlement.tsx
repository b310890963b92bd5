/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { BankLinePlace, ExplainedSettlement, Figure, ReturnedTransfer } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { PlainText } from "../locales/texts.ts";
import { rowTypeText } from "../tables/rows.tsx";
import { settlementLink, VerdictBadge } from "../tables/settlements.tsx";
import { ExceptionNote } from "./exception-note.tsx";
import { Place } from "./place.tsx";

/** Names of figures as the pages have them. */
const FIGURES: Readonly<Record<Figure["name"], PlainText>> = {
  opening: "step opening",
  activity: "column activity",
  fees: "step fees",
  transfer: "step transfer",
  closing: "step closing",
  reserve: "step reserve",
};

/** Differences that stand with a settlement: one cause may bring hundreds, and the list has them all. */
const MOST_NOTES = 5;

/** One figure of a settlement with the rows and lines that it is made of. */
const FigureStep: FC<{ figure: Figure; explained: ExplainedSettlement; frame: Frame }> = ({
  figure,
  explained,
  frame,
}) => {
  const { translate, format } = frame;
  const { accountId, currency } = explained.settlement;
  return (
    <li>
      <span class="what">
        {translate(FIGURES[figure.name])}{" "}
        <span class="sum">
          <Money format={format} minor={figure.amountMinor} currency={currency} />
        </span>
      </span>
      {figure.parts.length === 0 ? null : (
        <ul>
          {figure.parts.map((part) => (
            <li>
              <Money format={format} minor={part.amountMinor} currency={currency} />{" "}
              {part.rows === 0 ? (
                translate("left before")
              ) : (
                <>
                  {translate("made of", { type: rowTypeText({ ...part, type: part.typeKey }, frame), rows: part.rows })}{" "}
                  <span class="soft">
                    (
                    {part.lines.map((line, index) => (
                      <>
                        {index === 0 ? "" : ", "}
                        <Place frame={frame} accountId={accountId} fileId={part.fileId} line={line} />
                      </>
                    ))}
                    {part.rows > part.lines.length
                      ? ` ${translate("more lines", { count: format.count(part.rows - part.lines.length) })}`
                      : ""}
                    )
                  </span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** What differs, and what in the settlement is exactly as large. */
const Difference: FC<{ explained: ExplainedSettlement; frame: Frame }> = ({ explained, frame }) => {
  const { translate, format } = frame;
  const { differenceMinor, causes, settlement } = explained;
  if (differenceMinor === null || differenceMinor === 0n) return null;
  return (
    <li class="bad">
      <span class="what wrong">
        {translate("difference of")} <Money format={format} minor={differenceMinor} currency={settlement.currency} />
      </span>
      {causes.length === 0 ? <span class="note">{translate("no cause as large")}</span> : null}
      <ul>
        {causes.map(({ what, amountMinor }) => (
          <li>
            <Money format={format} minor={amountMinor} currency={settlement.currency} /> <span lang="en">{what}</span>
          </li>
        ))}
      </ul>
    </li>
  );
};

/** A payout that the bank sent back: where it had arrived, and which settlement has it again. */
const Returned: FC<{ one: ReturnedTransfer; accountId: string; frame: Frame }> = ({ one, accountId, frame }) => {
  const { translate, format } = frame;
  const { deposit, debit, currency, amountMinor, settlementId, returnedIn } = one;
  const bankLine = ({ bookedAt, fileName, line }: BankLinePlace) => ({
    day: format.bankDay(bookedAt),
    file: fileName ?? "API",
    line: String(line),
  });
  return (
    <li class="bad">
      <span class="what">
        <a href={settlementLink(frame, { accountId, settlementId, currency })}>
          {translate("came back", { amount: format.money(amountMinor, currency), day: format.day(one.transferredAt) })}
        </a>
      </span>
      <span class="note">
        {deposit === null ? translate("came back no deposit") : translate("came back deposit", bankLine(deposit))}
      </span>
      {debit === null ? null : <span class="note">{translate("came back debit", bankLine(debit))}</span>}
      <span class="note">
        <a href={settlementLink(frame, { accountId, settlementId: returnedIn, currency })}>
          {translate("came back again", { day: format.day(one.returnedAt), settlement: returnedIn })}
        </a>
      </span>
    </li>
  );
};

/** A settlement as steps of a chain: what differs, its figures with their lines, its files, its exceptions. */
export const SettlementSteps: FC<{ explained: ExplainedSettlement; frame: Frame }> = ({ explained, frame }) => {
  const { translate, format } = frame;
  const { settlement, figures, files, exceptions } = explained;
  const { accountId } = settlement;
  return (
    <>
      <li>
        <span class="what">
          <a href={settlementLink(frame, settlement)}>
            {translate("column settlement")} {settlement.settlementId}
          </a>{" "}
          <VerdictBadge status={settlement.status} frame={frame} />
        </span>
        <span class="note">
          {settlement.startAt === null ? "?" : format.shortDay(settlement.startAt)} –{" "}
          {settlement.endAt === null ? "?" : format.day(settlement.endAt)} · {accountId}
          {explained.disbursementReferenceId === null ? "" : ` · ${explained.disbursementReferenceId}`}
        </span>
      </li>
      {explained.returned.map((one) => (
        <Returned one={one} accountId={accountId} frame={frame} />
      ))}
      <Difference explained={explained} frame={frame} />
      {figures
        .filter(({ name, amountMinor }) => amountMinor !== 0n || name === "activity" || name === "transfer")
        .map((figure) => (
          <FigureStep figure={figure} explained={explained} frame={frame} />
        ))}
      {files.map((file) => (
        <li>
          <span class="what">
            <a href={linkTo({ ...frame, account: accountId }, `/files/${file.fileId}`)}>
              {translate("file of", { file: file.reports[0]?.reportId ?? file.kind })}
            </a>
          </span>
          <span class="note">
            SHA-256 <span class="mono">{file.contentHash}</span>
          </span>
        </li>
      ))}
      {exceptions.slice(0, MOST_NOTES).map((item) => (
        <li class={item.status === "open" || item.status === "reopened" ? "bad" : ""}>
          <ExceptionNote item={item} frame={frame} />
        </li>
      ))}
      {exceptions.length > MOST_NOTES ? (
        <li>
          <a
            class="what"
            href={linkTo({ ...frame, account: accountId }, "/exceptions", {
              settlement: explained.settlement.settlementId,
            })}
          >
            {translate("exceptions more", { count: exceptions.length - MOST_NOTES })}
          </a>
        </li>
      ) : null}
    </>
  );
};

/** A settlement on its own: no deposit is known of it. */
export const Settlement: FC<{ explained: ExplainedSettlement; frame: Frame }> = ({ explained, frame }) => {
  const { translate, format } = frame;
  const { settlement, deposits, returned, before, after } = explained;
  const isBack = returned.some((one) => one.settlementId === settlement.settlementId);
  const neighbour = (settlementId: string) => settlementLink(frame, { ...settlement, settlementId });
  return (
    <section class="panel">
      <h2>
        {translate("column settlement")} {settlement.settlementId}{" "}
        <span class="soft">
          {translate("payout of")} {format.money(-settlement.transferMinor, settlement.currency)}
        </span>
      </h2>
      <ol class="chain">
        {deposits.map((deposit) => (
          <li>
            <span class="what">
              <a href={linkTo(frame, "/explain", { q: format.plain(deposit.amountMinor, deposit.currency) })}>
                {translate("deposit of")}{" "}
                <Money format={format} minor={deposit.amountMinor} currency={deposit.currency} />
              </a>{" "}
              {translate("on day", { day: format.bankDay(deposit.bookedAt) })}
            </span>
            {deposit.text === null ? null : <span class="note mono">{deposit.text}</span>}
          </li>
        ))}
        {deposits.length > 0 || settlement.transferMinor >= 0n || isBack ? null : (
          <li>
            <span class="what soft">{translate("no deposit yet")}</span>
          </li>
        )}
        <SettlementSteps explained={explained} frame={frame} />
      </ol>
      <p class="small soft quiet-links">
        {before === null ? null : (
          <a href={neighbour(before.settlementId)}>
            {translate("settlement before")}: {before.settlementId}
          </a>
        )}
        {before === null || after === null ? null : " · "}
        {after === null ? null : (
          <a href={neighbour(after.settlementId)}>
            {translate("settlement after")}: {after.settlementId}
          </a>
        )}
      </p>
    </section>
  );
};
