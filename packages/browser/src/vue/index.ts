/** Amazon Pay's button and change actions as Vue components. Rendered on a server they are empty elements. */
import { defineComponent, h, onBeforeUnmount, onMounted, ref, watch } from "vue";
import { CALLBACKS } from "../amazon-pay.ts";
import { type ButtonListeners, mountButton, type MountedButton } from "../button/mount.ts";
import type { ButtonOptions } from "../button/options.ts";
import { bindChangeAction, type ChangeActionOptions } from "../change-action/bind.ts";
import type { PayProblem } from "../problem.ts";

export type { ButtonListeners, MountedButton } from "../button/mount.ts";
export type { ButtonOptions, RegionName, SignedButton } from "../button/options.ts";
export type { ChangeActionOptions } from "../change-action/bind.ts";
export { PayProblem, type PayProblemCode } from "../problem.ts";
export type * from "../amazon-pay.ts";

/** Properties of {@link AmazonPayButton}. */
export interface AmazonPayButtonProps extends Omit<ButtonOptions, "signed">, ButtonListeners {
  /** What the server signed; `null` while it is on its way. */
  readonly signed: ButtonOptions["signed"] | null;
}

const BUTTON_PROPS = [
  "signed",
  "region",
  "merchantId",
  "ledgerCurrency",
  "placement",
  "productType",
  "checkoutLanguage",
  "buttonColor",
  "estimatedOrderAmount",
  "environment",
  "scriptUrl",
  "nonce",
  "allowUnlisted",
  ...CALLBACKS,
  "onReady",
  "onProblem",
] as const satisfies readonly (keyof AmazonPayButtonProps)[];

/**
 * An Amazon Pay button. It survives client-side navigation and remounts, and is drawn again only when its options change.
 *
 * @example
 * <AmazonPayButton :signed="signed" region="eu" :merchant-id="merchantId" ledger-currency="EUR" placement="Cart" @problem="report" />
 */
export const AmazonPayButton = defineComponent(
  (props: AmazonPayButtonProps) => {
    const place = ref<HTMLElement | null>(null);
    let mounted: MountedButton | undefined;
    const options = () => {
      const { onReady: _, onProblem: __, ...rest } = props;
      return rest;
    };
    onMounted(() => {
      if (place.value === null) return;
      mounted = mountButton(place.value, options(), {
        onReady: (button) => props.onReady?.(button),
        onProblem: (problem) => props.onProblem?.(problem),
      });
    });
    watch(options, (next) => mounted?.update(next), { deep: true });
    onBeforeUnmount(() => {
      mounted?.unmount();
      mounted = undefined;
    });
    return () => h("div", { ref: place });
  },
  { name: "AmazonPayButton", props: [...BUTTON_PROPS] },
);

/** Properties of {@link AmazonPayChangeAction}. */
export interface AmazonPayChangeActionProps extends ChangeActionOptions {
  /** Told why a click will do nothing. */
  readonly onProblem?: ((problem: PayProblem) => void) | undefined;
}

/**
 * A plain HTML button that leads the buyer back to Amazon, to choose address or payment again.
 *
 * @example
 * <AmazonPayChangeAction :checkout-session-id="id" change-action="changeAddress" region="eu">Change</AmazonPayChangeAction>
 */
export const AmazonPayChangeAction = defineComponent(
  (props: AmazonPayChangeActionProps, { slots }) => {
    const button = ref<HTMLElement | null>(null);
    const bind = (): void => {
      if (button.value === null) return;
      const { checkoutSessionId, changeAction, region, scriptUrl, nonce } = props;
      const options = { checkoutSessionId, changeAction, region, scriptUrl, nonce };
      void bindChangeAction(button.value, options, (problem) => props.onProblem?.(problem));
    };
    onMounted(bind);
    watch(() => ({ ...props }), bind, { flush: "post" });
    // An element keeps what it was bound to, so another session gets another element.
    const key = () => `${props.changeAction} ${props.checkoutSessionId}`;
    return () => h("button", { type: "button", ref: button, key: key() }, slots["default"]?.());
  },
  {
    name: "AmazonPayChangeAction",
    props: ["checkoutSessionId", "changeAction", "region", "scriptUrl", "nonce", "onProblem"],
  },
);
