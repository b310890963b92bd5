"use client";

/** Amazon Pay's button and change actions as React components. Rendered on a server they are empty elements. */
import { createElement, type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { type ButtonListeners, mountButton, type MountedButton } from "../button/mount.ts";
import type { ButtonOptions, LooseButtonOptions } from "../button/options.ts";
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
  /** Class of the element around the button. */
  readonly className?: string | undefined;
}

/**
 * An Amazon Pay button. It survives client-side navigation and remounts, and is drawn again only when its options change; callbacks
 * may be new functions at each rendering.
 *
 * @example
 * <AmazonPayButton signed={signed} region="eu" merchantId={merchantId} ledgerCurrency="EUR" placement="Cart" onProblem={report} />
 */
export function AmazonPayButton(props: AmazonPayButtonProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedButton>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
    mounted.current?.update(optionsOf(props));
  });
  useEffect(() => {
    if (place.current === null) return undefined;
    mounted.current = mountButton(place.current, optionsOf(latest.current), {
      onReady: (button) => latest.current.onReady?.(button),
      onProblem: (problem) => latest.current.onProblem?.(problem),
    });
    return () => {
      mounted.current?.unmount();
      mounted.current = undefined;
    };
  }, []);
  return createElement("div", { ref: place, className: props.className });
}

function optionsOf(props: AmazonPayButtonProps): LooseButtonOptions {
  const { onReady: _, onProblem: __, className: ___, ...options } = props;
  return options;
}

/** Properties of {@link AmazonPayChangeAction}. */
export interface AmazonPayChangeActionProps extends ChangeActionOptions {
  /** Told why a click will do nothing. */
  readonly onProblem?: ((problem: PayProblem) => void) | undefined;
  /** Class of the HTML button. */
  readonly className?: string | undefined;
  /** What the HTML button says. */
  readonly children?: ReactNode;
}

/**
 * A plain HTML button that leads the buyer back to Amazon, to choose address or payment again.
 *
 * @example
 * <AmazonPayChangeAction checkoutSessionId={id} changeAction="changeAddress" region="eu">Change</AmazonPayChangeAction>
 */
export function AmazonPayChangeAction(props: AmazonPayChangeActionProps): ReactElement {
  const { checkoutSessionId, changeAction, region, scriptUrl, nonce, onProblem, className, children } = props;
  const button = useRef<HTMLButtonElement>(null);
  const tell = useRef(onProblem);
  useEffect(() => {
    tell.current = onProblem;
  });
  useEffect(() => {
    if (button.current === null) return;
    const options = { checkoutSessionId, changeAction, region, scriptUrl, nonce };
    void bindChangeAction(button.current, options, (problem) => tell.current?.(problem));
  }, [checkoutSessionId, changeAction, region, scriptUrl, nonce]);
  // An element keeps what it was bound to, so another session gets another element.
  const key = `${changeAction} ${checkoutSessionId}`;
  return createElement("button", { type: "button", key, ref: button, className }, children);
}
