/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { TestBuyer } from "../../test-data/index.ts";
import { ChoiceList } from "./choice-list.tsx";
import { HostedPage, type HostedPageProps } from "./hosted-page.tsx";
import { VisitForm, type VisitFormProps } from "./visit-form.tsx";

/** What a page of a visit needs besides its own. */
export type StepPageProps = Pick<HostedPageProps, "texts" | "store" | "step" | "alert"> & {
  readonly form: Pick<VisitFormProps, "visitPath" | "mark" | "back">;
};

/** Who signs in. */
export function SignInPage(
  props: StepPageProps & { readonly buyers: readonly TestBuyer[]; readonly chosen: string | null },
) {
  const { texts, store } = props;
  return (
    <HostedPage {...props} title={texts.fill("signInTitle")} lead={texts.fill("signInLead", { store })}>
      <VisitForm {...props.form} texts={texts} store={store} step="sign-in">
        <ChoiceList
          legend={texts.fill("testBuyers")}
          name="buyer"
          choices={props.buyers.map((buyer, index) => ({
            value: buyer.buyerId,
            title: buyer.name,
            badge: buyer.primeMembershipTypes === null ? undefined : texts.fill("memberOfPrime"),
            details: (
              <>
                <span>{buyer.email}</span>
                <span>{texts.fill(buyer.note)}</span>
              </>
            ),
            chosen: props.chosen === null ? index === 0 : props.chosen === buyer.buyerId,
          }))}
        />
      </VisitForm>
    </HostedPage>
  );
}
