import type { Wording } from "../locales/wording.ts";
import { HostedPage } from "./hosted-page.tsx";

/** The end, where the merchant named no address to go on to. */
export function DonePage(props: { readonly wording: Wording; readonly store: string }) {
  const { wording } = props;
  return <HostedPage {...props} title={wording.say("doneTitle")} lead={wording.say("doneLead")} />;
}
