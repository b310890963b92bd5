/**
 * The payment of one order with Amazon Pay, as commerce servers need it: finish a checkout or charge a saved permission, capture
 * in parts, refund, cancel. What has to be kept is one JSON record.
 */
export { checkShopOptions, connectShop, type Shop, type ShopOptions } from "./shop.ts";
export {
  checkoutButton,
  prepareCheckout,
  type CheckoutButton,
  type CheckoutOrder,
  type PermissionKind,
  type PreparedCheckout,
} from "./checkout.ts";
export { finishPayment, type Finished, type FinishInput } from "./finish.ts";
export { chargeSaved, type SavedInput } from "./charge-saved.ts";
export { capturePayment, type CaptureInput } from "./capture.ts";
export { refundPayment, type RefundInput } from "./refund.ts";
export { cancelPayment, undoPayment, type CancelInput } from "./cancel.ts";
export { refreshPayment } from "./refresh.ts";
export { checkCustomer, checkReference, isFurtherPart, markOf, markText, type Mark } from "./mark.ts";
export {
  capturedOf,
  readRecord,
  refundedOf,
  stepOf,
  type ChargeRecord,
  type ChargeStep,
  type PaymentRecord,
  type PaymentStep,
  type RefundRecord,
} from "./record.ts";
export { PaymentError, type PaymentErrorCode } from "./errors.ts";
