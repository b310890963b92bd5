export { mayAs, type Rights, type Role, ROLES } from "./roles.ts";
export {
  addUser,
  listUsers,
  removeUser,
  rightsOf,
  setUserRole,
  type User,
  UserError,
  type UserErrorCode,
  type UsersContext,
} from "./users.ts";
