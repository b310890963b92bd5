/** Root of the inspector's pages. */
export const INSPECTOR_ROOT = "/_sandbox/ui";
