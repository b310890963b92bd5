# A shop with the official Ruby SDK as it is: run.ts starts it. Prints a line of JSON for each call.
require "json"
require "net/http"
require "securerandom"
require File.join(ENV.fetch("SDK"), "lib", "amazon_pay")

PAY = AmazonPayClient.new(
  region: ENV.fetch("REGION"),
  public_key_id: ENV.fetch("PUBLIC_KEY_ID"),
  private_key: File.read(ENV.fetch("PRIVATE_KEY_FILE")),
  sandbox: true
)
PRICE = { amount: "20", currencyCode: ENV.fetch("CURRENCY") }.freeze
STORE = ENV.fetch("STORE_ID")

def control(path, body)
  uri = URI("#{ENV.fetch('CONTROL')}#{path}")
  http = Net::HTTP.new(uri.host, uri.port, nil)
  JSON.parse(http.post(uri.path, JSON.generate(body), "content-type" => "application/json").body)
end

def expect(name, status, response)
  puts JSON.generate(call: name, expected: status, status: response&.code.to_i, body: response&.body)
  JSON.parse(response.body) unless response.nil? || response.body.to_s.empty?
end

def key
  { "x-amz-pay-idempotency-key" => SecureRandom.hex(16) }
end

session = expect("createCheckoutSession", 201, PAY.create_checkout_session(
  { webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" }, storeId: STORE }, headers: key
))
id = session.fetch("checkoutSessionId")
expect("getCheckoutSession", 200, PAY.get_checkout_session(id))
control("/checkout-sessions/#{id}/buyer", { action: "sign-in" })
expect("updateCheckoutSession", 200, PAY.update_checkout_session(id, {
  webCheckoutDetails: { checkoutResultReturnUrl: "https://shop.example/result" },
  paymentDetails: { paymentIntent: "Authorize", chargeAmount: PRICE },
  merchantMetadata: { merchantReferenceId: "Bestellung \u{1F6CD} 1", noteToBuyer: "Größe 金" }
}))
control("/checkout-sessions/#{id}/buyer", { action: "approve" })
done = expect("completeCheckoutSession", 200, PAY.complete_checkout_session(id, { chargeAmount: PRICE }))
permission, charge = done.values_at("chargePermissionId", "chargeId")
expect("getChargePermission", 200, PAY.get_charge_permission(permission))
expect("updateChargePermission", 200, PAY.update_charge_permission(permission, { merchantMetadata: { noteToBuyer: "thanks" } }))
expect("getCharge", 200, PAY.get_charge(charge))
expect("captureCharge", 200, PAY.capture_charge(charge, { captureAmount: PRICE }, headers: key))
refund = expect("createRefund", 201, PAY.create_refund({ chargeId: charge, refundAmount: PRICE }, headers: key))
expect("getRefund", 200, PAY.get_refund(refund.fetch("refundId")))

standing = control("/charge-permissions", { merchantId: ENV.fetch("MERCHANT_ID"), type: "PaymentMethodOnFile" })["chargePermissionId"]
charge = expect("createCharge", 201, PAY.create_charge({ chargePermissionId: standing, chargeAmount: PRICE }, headers: key))
expect("cancelCharge", 200, PAY.cancel_charge(charge.fetch("chargeId"), { cancellationReason: "sold out" }))
expect("closeChargePermission", 200, PAY.close_charge_permission(standing, { closureReason: "done" }))
token = control("/buyer-tokens", { merchantId: ENV.fetch("MERCHANT_ID") }).fetch("buyerToken")
expect("getBuyer", 200, PAY.get_buyer(URI.encode_www_form_component(token)))

type = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_"
expect("getReports", 200, PAY.get_reports)
expect("getReports with a query", 200, PAY.get_reports(query_params: { reportTypes: type, pageSize: 10, createdSince: "20260101T000000Z" }))
report = expect("createReport", 201, PAY.create_report({ reportType: type, startTime: "20260101T000000Z", endTime: "20260102T000000Z" }, headers: key))
expect("getReportById", 200, PAY.get_report_by_id(report.fetch("reportId")))
schedule = expect("createReportSchedule", 201, PAY.create_report_schedule(
  { reportType: type, scheduleFrequency: "P1D", nextReportCreationTime: "20991231T000000Z" }, headers: key
))
expect("getReportSchedules", 200, PAY.get_report_schedules(query_params: { reportTypes: type }))
expect("getReportScheduleById", 200, PAY.get_report_schedule_by_id(schedule.fetch("reportScheduleId")))
expect("cancelReportSchedule", 200, PAY.cancel_report_schedule(schedule.fetch("reportScheduleId")))
expect("getDisbursements", 200, PAY.get_disbursements(query_params: { startTime: "20260101T000000Z", endTime: "20260102T000000Z" }))
expect("getCharge of none", 404, PAY.get_charge("S01-0000000-0000000-C000000"))
