/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Merchant } from "../../engine/objects/index.ts";
import type { Answer } from "../../http/call.ts";
import type { PageRefusal } from "../page-refusal.ts";
import { textsFor } from "../locales/page-texts.ts";
import { page } from "./document.tsx";
import { ErrorPage } from "./error-page.tsx";

/** Whose checkout was refused, as far as it is known. */
export interface RefusedFor {
  readonly merchant?: Merchant | undefined;
  readonly language?: string | null | undefined;
  readonly returnUrl?: string | null | undefined;
}

/** The error page of a refusal. */
export function refusalPage(refusal: PageRefusal, known: RefusedFor = {}): Answer {
  const content = (
    <ErrorPage
      texts={textsFor(known.language ?? null, known.merchant?.region ?? "na")}
      store={known.merchant?.storeName ?? ""}
      code={refusal.pageCode}
      message={refusal.message}
      causes={refusal.causes}
      details={refusal.details}
      returnUrl={known.returnUrl ?? null}
    />
  );
  return page(content, { status: refusal.status });
}
