<?php
// A shop with the official PHP SDK as it is: run.ts starts it. Prints a line of JSON for each call.
require 'phpseclib3/autoload.php';
require getenv('SDK') . '/Amazon/Pay/API/Client.php';

$pay = new Amazon\Pay\API\Client([
    'region' => getenv('REGION'),
    'public_key_id' => getenv('PUBLIC_KEY_ID'),
    'private_key' => getenv('PRIVATE_KEY_FILE'),
    'sandbox' => true,
    'algorithm' => getenv('ALGORITHM'),
]);
$price = ['amount' => '20', 'currencyCode' => getenv('CURRENCY')];

function control($path, $body) {
    $http = ['method' => 'POST', 'header' => 'content-type: application/json', 'content' => json_encode($body)];
    return json_decode(file_get_contents(getenv('CONTROL') . $path, false, stream_context_create(['http' => $http])), true);
}

function expect($name, $status, $result) {
    echo json_encode(['call' => $name, 'expected' => $status, 'status' => $result['status'], 'body' => $result['response']]), "\n";
    return json_decode($result['response'], true);
}

function key_header() {
    return ['x-amz-pay-idempotency-key' => bin2hex(random_bytes(16))];
}

$session = expect('createCheckoutSession', 201, $pay->createCheckoutSession([
    'webCheckoutDetails' => ['checkoutReviewReturnUrl' => 'https://shop.example/review'],
    'storeId' => getenv('STORE_ID'),
], key_header()));
$id = $session['checkoutSessionId'];
expect('getCheckoutSession', 200, $pay->getCheckoutSession($id));
control("/checkout-sessions/$id/buyer", ['action' => 'sign-in']);
expect('updateCheckoutSession', 200, $pay->updateCheckoutSession($id, [
    'webCheckoutDetails' => ['checkoutResultReturnUrl' => 'https://shop.example/result'],
    'paymentDetails' => ['paymentIntent' => 'Authorize', 'chargeAmount' => $price],
    'merchantMetadata' => ['merchantReferenceId' => "Bestellung \u{1F6CD} 1", 'noteToBuyer' => 'Größe 金'],
]));
control("/checkout-sessions/$id/buyer", ['action' => 'approve']);
$done = expect('completeCheckoutSession', 200, $pay->completeCheckoutSession($id, ['chargeAmount' => $price]));
$permission = $done['chargePermissionId'];
$charge = $done['chargeId'];
expect('getChargePermission', 200, $pay->getChargePermission($permission));
expect('updateChargePermission', 200, $pay->updateChargePermission($permission, ['merchantMetadata' => ['noteToBuyer' => 'thanks']]));
expect('getCharge', 200, $pay->getCharge($charge));
expect('captureCharge', 200, $pay->captureCharge($charge, ['captureAmount' => $price], key_header()));
$refund = expect('createRefund', 201, $pay->createRefund(['chargeId' => $charge, 'refundAmount' => $price], key_header()));
expect('getRefund', 200, $pay->getRefund($refund['refundId']));

$tracker = ['chargePermissionId' => $permission, 'deliveryDetails' => [['trackingNumber' => '1Z' . getenv('RUN'), 'carrierCode' => 'UPS']]];
expect('deliveryTrackers', 200, $pay->deliveryTrackers($tracker));
expect('deliveryTrackers with a number used before', 400, $pay->deliveryTrackers($tracker));

$standing = control('/charge-permissions', ['merchantId' => getenv('MERCHANT_ID'), 'type' => 'PaymentMethodOnFile'])['chargePermissionId'];
$charge = expect('createCharge', 201, $pay->createCharge(['chargePermissionId' => $standing, 'chargeAmount' => $price], key_header()))['chargeId'];
expect('cancelCharge', 200, $pay->cancelCharge($charge, ['cancellationReason' => 'sold out']));
expect('closeChargePermission', 200, $pay->closeChargePermission($standing, ['closureReason' => 'done']));
$token = control('/buyer-tokens', ['merchantId' => getenv('MERCHANT_ID')])['buyerToken'];
expect('getBuyer', 200, $pay->getBuyer(rawurlencode($token)));

$type = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_';
expect('getReports', 200, $pay->getReports());
expect('getReports with a query', 200, $pay->getReports(['reportTypes' => $type, 'pageSize' => 10, 'createdSince' => '20260101T000000Z']));
$report = expect('createReport', 201, $pay->createReport(['reportType' => $type, 'startTime' => '20260101T000000Z', 'endTime' => '20260102T000000Z'], key_header()));
expect('getReportById', 200, $pay->getReportById($report['reportId']));
$schedule = expect('createReportSchedule', 201, $pay->createReportSchedule(
    ['reportType' => $type, 'scheduleFrequency' => 'P1D', 'nextReportCreationTime' => '20991231T000000Z'], key_header()));
expect('getReportSchedules', 200, $pay->getReportSchedules($type));
expect('getReportScheduleById', 200, $pay->getReportScheduleById($schedule['reportScheduleId']));
expect('cancelReportSchedule', 200, $pay->cancelReportSchedule($schedule['reportScheduleId']));
expect('getDisbursements', 200, $pay->getDisbursements(['startTime' => '20260101T000000Z', 'endTime' => '20260102T000000Z']));
expect('getCharge of none', 404, $pay->getCharge('S01-0000000-0000000-C000000'));
