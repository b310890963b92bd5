/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageTexts } from "../locales/page-texts.ts";
import { HostedPage } from "./hosted-page.tsx";

/** The end, where the merchant named no address to go on to. */
export function DonePage(props: { readonly texts: PageTexts; readonly store: string }) {
  const { texts } = props;
  return <HostedPage {...props} title={texts.fill("doneTitle")} lead={texts.fill("doneLead")} />;
}
