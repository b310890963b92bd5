/** Hooks to call for new reports and alerts. */
export { HookError, type HookErrorCode } from "./errors.ts";
export type { CommandHook, Hook, HookMessage, WebhookHook } from "./hook.ts";
export { hookSignature, SIGNATURE_HEADER, verifyHookSignature, type HookDelivery } from "./signature.ts";
