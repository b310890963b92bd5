/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { DeliveryRefusal } from "../delivery-restrictions.ts";
import type { TestAddress } from "../../test-data/index.ts";
import type { Phrase } from "../locales/page-texts.ts";
import { addressLines } from "./address-lines.ts";
import { ChoiceList } from "./choice-list.tsx";
import { HostedPage } from "./hosted-page.tsx";
import type { StepPageProps } from "./sign-in-page.tsx";
import { VisitForm } from "./visit-form.tsx";

/** An address with the reason why the merchant does not deliver there. */
export interface OfferedAddress {
  readonly entry: TestAddress;
  readonly refusal: DeliveryRefusal | undefined;
}

const REFUSALS: Readonly<Record<DeliveryRefusal, Phrase>> = {
  "po-box": "refusedPoBox",
  packstation: "refusedPackstation",
  "not-in-allowed-places": "refusedNotAllowed",
  "in-excluded-places": "refusedExcluded",
};

/** Where the goods go; several places for a multi-address order. */
export function AddressPage(
  props: StepPageProps & {
    readonly offered: readonly OfferedAddress[];
    readonly chosen: readonly string[];
    readonly several: boolean;
  },
) {
  const { texts, store, several } = props;
  const free = props.offered.filter((offer) => offer.refusal === undefined);
  const chosen = props.chosen.length > 0 ? props.chosen : free.slice(0, 1).map((offer) => offer.entry.addressId);
  return (
    <HostedPage
      {...props}
      title={texts.fill(several ? "addressesTitle" : "addressTitle")}
      lead={several ? texts.fill("addressesLead") : texts.fill("addressLead", { store })}
      alert={props.alert ?? (free.length === 0 ? texts.fill("nowhereToDeliver", { store }) : undefined)}
    >
      <VisitForm {...props.form} texts={texts} store={store} step="address">
        <ChoiceList
          legend={texts.fill("addresses")}
          name="address"
          several={several}
          choices={props.offered.map(({ entry, refusal }) => ({
            value: entry.addressId,
            title: entry.address.name ?? entry.addressId,
            badge: texts.fill(entry.note),
            details: addressLines(entry.address, texts.htmlLanguage).map((line) => <span>{line}</span>),
            chosen: refusal === undefined && chosen.includes(entry.addressId),
            refusal: refusal === undefined ? undefined : texts.fill(REFUSALS[refusal], { store }),
          }))}
        />
      </VisitForm>
    </HostedPage>
  );
}
