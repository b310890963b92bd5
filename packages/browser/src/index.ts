/**
 * Amazon Pay in the browser: the types of `amazon.Pay`, and `<amazon-pay-button>` and `<amazon-pay-change>`, which importing this
 * package defines. For React and Vue there are `@amazon-pay-kit/browser/react` and `…/vue`.
 */
import { defineElements } from "./element/define.ts";

export type {
  AmazonPayScript,
  BuyerAddress,
  ChangeAction,
  ChangeActionConfig,
  CheckoutEvent,
  CheckoutUpdate,
  DeliveryOption,
  LineItem,
  PayAmount,
  PayButton,
  PayCallbacks,
  PayConfig,
  SessionSource,
  SignedConfig,
  UpdateAnswer,
} from "./amazon-pay.ts";
export { type ButtonListeners, mountButton, type MountedButton } from "./button/mount.ts";
export {
  type ButtonOptions,
  buttonProblems,
  type LooseButtonOptions,
  type RegionName,
  type SignedButton,
} from "./button/options.ts";
export { bindChangeAction, type ChangeActionOptions, type LooseChangeOptions } from "./change-action/bind.ts";
export type { AmazonPayButtonElement } from "./element/button-element.ts";
export type { AmazonPayChangeElement } from "./element/change-element.ts";
export { PayProblem, type PayProblemCode } from "./problem.ts";
export type { ButtonProblem } from "./rules/rules.ts";
export { loadScript } from "./script/load.ts";

defineElements();
