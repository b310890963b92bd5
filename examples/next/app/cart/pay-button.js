"use client";

import { AmazonPayButton } from "@amazon-pay-kit/browser/react";

export function PayButton(props) {
  return <AmazonPayButton {...props} region="eu" ledgerCurrency="EUR" placement="Cart" onProblem={console.error} />;
}
