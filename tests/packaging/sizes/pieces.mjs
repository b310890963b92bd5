// The smallest client that creates a charge: one resource instead of all.
import { Charges, connect } from "@amazon-pay-kit/sdk";

export const create = (options, body) => new Charges(connect(options)).create(body);
