/** Task: a session that is still open is over. */
export const EXPIRE_SESSION = "session.expire";
/** Task: the record of a session is removed. */
export const REMOVE_SESSION = "session.remove";
