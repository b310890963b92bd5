export { type ApiOptions, createApiApp } from "./app.ts";
export { openApiDocument } from "./openapi.ts";
export { type ApiDocuments } from "./routes.ts";
export { type ApiServer, serveApi, type ServeApiOptions } from "./serve.ts";
export {
  type ApiToken,
  ApiTokenError,
  type ApiTokenErrorCode,
  type ApiTokensContext,
  createApiToken,
  findApiToken,
  listApiTokens,
  type NewApiToken,
  revokeApiToken,
} from "./tokens.ts";
