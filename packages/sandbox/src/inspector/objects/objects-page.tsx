/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatAmount } from "@amazon-pay-kit/money";
import type { SandboxContext } from "../../module.ts";
import type { Answer, Call } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Mark, Moment, stateTone } from "../frame/marks.tsx";
import { notFound } from "../frame/not-found.tsx";
import { findKind, hrefOfObject, type ObjectSummary } from "../frame/object-kinds.ts";

const SHOWN = 200;

/** The latest objects of a kind that a search finds, newest first. */
export function objectsPage(context: SandboxContext, call: Call, name: string): Answer {
  const kind = findKind(name);
  if (kind === undefined) return notFound(context, "", "There are no objects of this kind.");
  const search = new URLSearchParams(call.query).get("q") ?? "";
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found: ObjectSummary[] = [];
  for (const object of kind.all(context.engine)) {
    const summary = kind.summary(object);
    const text = [summary.id, summary.merchantId, summary.state, summary.reasonCode, summary.what]
      .join(" ")
      .toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(summary);
  }
  found.reverse();
  return inspectorPage(context, {
    title: kind.title,
    section: `/objects/${kind.kind}`,
    live: true,
    aside: (
      <form class="search" role="search" action={`${INSPECTOR_ROOT}/objects/${kind.kind}`} data-search>
        <label for="q">Search</label>
        <input id="q" name="q" type="search" value={search} autocomplete="off" spellcheck={false} />
      </form>
    ),
    children: (
      <>
        <p class="quiet">
          {search === "" ? `${found.length} in all` : `${found.length} found`}
          {found.length > SHOWN ? `, the latest ${SHOWN} are shown` : ""}
        </p>
        {found.length === 0 ? <p class="nothing">None.</p> : null}
        <ul class="rows" data-rows>
          {found.slice(0, SHOWN).map((summary) => (
            <ObjectRow kind={kind.kind} summary={summary} now={context.engine.now()} />
          ))}
        </ul>
      </>
    ),
  });
}

/** A line of a list of objects. */
export function ObjectRow(props: { readonly kind: string; readonly summary: ObjectSummary; readonly now: number }) {
  const { summary } = props;
  return (
    <li>
      <a href={hrefOfObject(props.kind, summary.id)} id={`object-${summary.id}`}>
        <span class="when">
          <Moment at={summary.at} now={props.now} />
        </span>
        <Mark tone={stateTone(summary.state)}>{summary.state}</Mark>
        <span class="what">
          <span class="path">{summary.id}</span> <span class="quiet">{summary.what}</span>
        </span>
        <span class="flags">
          {summary.reasonCode === null ? null : <span class="quiet">{summary.reasonCode}</span>}
          {summary.amount === null ? null : (
            <span class="amount">{`${formatAmount(summary.amount.minor, summary.amount.currencyCode)} ${summary.amount.currencyCode}`}</span>
          )}
        </span>
      </a>
    </li>
  );
}
