import { DAY, SECOND, type Duration } from "@amazon-pay-kit/money";

/** A checkout session lives so long (docs/amazon-pay/states.md). */
export const SESSION_LIFE = DAY;
/** The record of a session is removed so long after its creation (docs/amazon-pay/states.md). */
export const SESSION_RECORD_LIFE = 30 * DAY;
/** An authorization can be captured so long (docs/amazon-pay/states.md). */
export const AUTHORIZATION_LIFE = 30 * DAY;
/** A capture within this time of the authorization is answered at once (docs/amazon-pay/operations.md). */
export const PROMPT_CAPTURE = 7 * DAY;
/** Buyer data of a charge permission can be read so long (docs/amazon-pay/operations.md). */
export const BUYER_DATA_LIFE = 30 * DAY;
/** A pending authorization of a test card or simulation code is decided after this time (docs/amazon-pay/sandbox.md). */
export const PENDING_AUTHORIZATION = 30 * SECOND;
/** An asynchronous capture becomes final after this time; the live figure is unknown (decisions/0030-sandbox-unknowns.md). */
export const PENDING_CAPTURE = 30 * SECOND;
/** A refund becomes final after this time; the live figure is unknown (decisions/0030-sandbox-unknowns.md). */
export const PENDING_REFUND = 30 * SECOND;
/** A one-time permission can be charged so long (docs/amazon-pay/states.md). */
export const ONE_TIME_LIFE: Duration = { months: 0, millis: 180 * DAY };
/** A recurring permission, and a one-time permission with `extendExpiration`, can be charged so long (docs/amazon-pay/states.md). */
export const EXTENDED_LIFE: Duration = { months: 13, millis: 0 };
/** How long a merchant may contest a chargeback, and an A-to-z claim (docs/amazon-pay/operations.md). */
export const CONTEST_WINDOW = { Chargeback: 11 * DAY, AtoZClaim: 7 * DAY } as const;
