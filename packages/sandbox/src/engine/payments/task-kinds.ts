/** Task: an authorization that was not captured is over. */
export const EXPIRE_AUTHORIZATION = "charge.expire";
/** Task: a pending authorization is decided; the payload is the reason of a decline, or null. */
export const DECIDE_AUTHORIZATION = "charge.decide";
/** Task: an asynchronous capture becomes final; the payload is the reason of a decline, or null. */
export const FINISH_CAPTURE = "charge.finishCapture";
