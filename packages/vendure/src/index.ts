/** Amazon Pay for Vendure 3. */
export { AmazonPayPlugin, amazonPayHandler, amazonPayProcess, type AmazonPayPluginOptions } from "./plugin.ts";
