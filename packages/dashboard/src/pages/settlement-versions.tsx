/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SettlementVersionView, VersionDifference } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge } from "../components/badge.tsx";
import { DataTable } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { OneButton } from "./controls/outcome.tsx";

/** One value that two versions have differently. */
interface Line {
  readonly where: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const NONE = "–";

function linesOf(one: VersionDifference, frame: Frame): readonly Line[] {
  const { translate } = frame;
  if (one.what === "figure")
    return [{ where: translate("column settlement"), what: one.figure, before: one.before, after: one.after }];
  const lines = [...new Set([one.lineBefore, one.line])].filter((line) => line !== null).join(" / ");
  const where = `${translate("line n", { line: lines })} · ${one.transactionId ?? one.type}`;
  if (one.what === "changed") {
    return one.columns.map(({ column, before, after }) => ({
      where,
      what: column,
      before: before ?? NONE,
      after: after ?? NONE,
    }));
  }
  const net = one.columns.find(({ column }) => column === "netTransactionAmount");
  return [
    {
      where,
      what: translate(one.what === "added" ? "row added" : "row removed"),
      before: net?.before ?? NONE,
      after: net?.after ?? NONE,
    },
  ];
}

/** The versions of a settlement side by side: what each says differently than the one before, and which counts. */
export const Versions: FC<{
  versions: readonly SettlementVersionView[];
  frame: Frame;
  csrf: string;
  settlementId: string;
  currency: string;
  accepts: boolean;
}> = ({ versions, frame, csrf, settlementId, currency, accepts }) => {
  const { translate, format } = frame;
  if (versions.length < 2) return null;
  return (
    <section class="panel" id="versions">
      <h2>{translate("versions")}</h2>
      <p class="soft">{translate("versions intro")}</p>
      {versions.map((version, index) => {
        const before = versions[index - 1];
        const lines = version.differences.flatMap((one) => linesOf(one, frame));
        return (
          <>
            <div class="row">
              <h3>
                {version.file} <span class="soft">{format.moment(version.receivedAt)}</span>{" "}
                <span class="mono">{version.hash.slice(0, 12)}</span>
              </h3>
              <span>
                {version.counts ? <Badge tone="good">{translate("version counts")}</Badge> : null}{" "}
                {version.counts && !version.accepted ? <Badge tone="warn">{translate("version waits")}</Badge> : null}{" "}
                {accepts && !(version.counts && version.accepted) ? (
                  <OneButton
                    frame={frame}
                    csrf={csrf}
                    action={linkTo(frame, `/settlements/${encodeURIComponent(settlementId)}/accept`, { currency })}
                    fields={[["version", version.hash]]}
                  >
                    {translate("accept version")}
                  </OneButton>
                ) : null}
              </span>
            </div>
            {before === undefined || lines.length === 0 ? null : (
              <DataTable
                caption={translate("differs from", { file: before.file })}
                rows={lines}
                columns={[
                  { title: translate("column where"), place: "key", cell: (line) => line.where },
                  { title: translate("column what"), cell: (line) => <span lang="en">{line.what}</span> },
                  { title: translate("before"), numeric: true, cell: (line) => line.before },
                  { title: translate("after"), numeric: true, place: "lead", cell: (line) => line.after },
                ]}
              />
            )}
          </>
        );
      })}
    </section>
  );
};
