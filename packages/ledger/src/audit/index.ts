export {
  appendAudit,
  type AuditContext,
  type AuditEntry,
  AuditError,
  type AuditErrorCode,
  type AuditState,
} from "./append.ts";
export { type AuditEvent, auditEventOf } from "./event.ts";
export { type AuditBreak, type AuditVerified, verifyAudit } from "./verify.ts";
export { AUDIT_WORDS, type AuditWord } from "./words.ts";
