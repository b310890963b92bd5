// A shop with the official Java SDK as it is: run.ts compiles and starts it. Prints a line of JSON for each call.
import com.amazon.pay.api.AmazonPayResponse;
import com.amazon.pay.api.InstoreClient;
import com.amazon.pay.api.PayConfiguration;
import com.amazon.pay.api.ProxySettings;
import com.amazon.pay.api.WebstoreClient;
import com.amazon.pay.api.types.Environment;
import com.amazon.pay.api.types.Region;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.json.JSONArray;
import org.json.JSONObject;

public final class Shop {
    private static final PrintStream OUT = new PrintStream(System.out, true);

    private static String env(String name) {
        return System.getenv(name);
    }

    private static JSONObject json(String text) throws Exception {
        return new JSONObject(text.replace('\'', '"'));
    }

    private static JSONObject price() throws Exception {
        return new JSONObject().put("amount", "20").put("currencyCode", env("CURRENCY"));
    }

    private static JSONObject control(String path, JSONObject body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(env("CONTROL") + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
        HttpClient direct = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        return new JSONObject(direct.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JSONObject expect(String name, int status, AmazonPayResponse response) throws Exception {
        OUT.println(new JSONObject()
            .put("call", name)
            .put("expected", status)
            .put("status", response.getStatus())
            .put("body", String.valueOf(response.getRawResponse())));
        return response.getResponse();
    }

    private static Map<String, String> key() {
        Map<String, String> header = new HashMap<>();
        header.put("x-amz-pay-idempotency-key", UUID.randomUUID().toString().replace("-", ""));
        return header;
    }

    private static Map<String, List<String>> query(String... pairs) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) parameters.put(pairs[at], Collections.singletonList(pairs[at + 1]));
        return parameters;
    }

    private static PayConfiguration configuration() throws Exception {
        URI proxy = URI.create(env("https_proxy"));
        return new PayConfiguration()
            .setPublicKeyId(env("PUBLIC_KEY_ID"))
            .setRegion(Region.valueOf(env("REGION").toUpperCase(Locale.ROOT)))
            .setPrivateKey(Files.readString(Path.of(env("PRIVATE_KEY_FILE"))).toCharArray())
            .setEnvironment(Environment.SANDBOX)
            .setAlgorithm(env("ALGORITHM"))
            .setProxySettings(new ProxySettings()
                .setProxyHost(proxy.getHost())
                .setProxyPort(proxy.getPort())
                .setProxyUser("none")
                .setProxyPassword("none".toCharArray()));
    }

    public static void main(String[] arguments) throws Exception {
        WebstoreClient pay = new WebstoreClient(configuration());
        orders(pay);
        standing(pay);
        disputes(pay);
        reports(pay);
        inStore();
        expect("getCharge of none", 404, pay.getCharge("S01-0000000-0000000-C000000"));
    }

    private static void orders(WebstoreClient pay) throws Exception {
        JSONObject session = expect("createCheckoutSession", 201, pay.createCheckoutSession(new JSONObject()
            .put("webCheckoutDetails", json("{'checkoutReviewReturnUrl':'https://shop.example/review'}"))
            .put("storeId", env("STORE_ID")), key()));
        String id = session.getString("checkoutSessionId");
        expect("getCheckoutSession", 200, pay.getCheckoutSession(id));
        control("/checkout-sessions/" + id + "/buyer", json("{'action':'sign-in'}"));
        expect("updateCheckoutSession", 200, pay.updateCheckoutSession(id, new JSONObject()
            .put("webCheckoutDetails", json("{'checkoutResultReturnUrl':'https://shop.example/result'}"))
            .put("paymentDetails", new JSONObject().put("paymentIntent", "Authorize").put("chargeAmount", price()))
            .put("merchantMetadata", new JSONObject()
                .put("merchantReferenceId", "Bestellung \ud83d\udecd 1")
                .put("noteToBuyer", "Gr\u00f6\u00dfe \u91d1"))));
        control("/checkout-sessions/" + id + "/buyer", json("{'action':'approve'}"));
        JSONObject done = expect("completeCheckoutSession", 200,
            pay.completeCheckoutSession(id, new JSONObject().put("chargeAmount", price())));
        String permission = done.getString("chargePermissionId");
        String charge = done.getString("chargeId");
        expect("getChargePermission", 200, pay.getChargePermission(permission));
        expect("updateChargePermission", 200,
            pay.updateChargePermission(permission, json("{'merchantMetadata':{'noteToBuyer':'thanks'}}")));
        expect("getCharge", 200, pay.getCharge(charge));
        expect("captureCharge", 200, pay.captureCharge(charge, new JSONObject().put("captureAmount", price()), key()));
        JSONObject refund = expect("createRefund", 201, pay.createRefund(
            new JSONObject().put("chargeId", charge).put("refundAmount", price()), key()));
        expect("getRefund", 200, pay.getRefund(refund.getString("refundId")));
        JSONObject tracker = new JSONObject()
            .put("chargePermissionId", permission)
            .put("deliveryDetails", new JSONArray().put(
                new JSONObject().put("trackingNumber", "1Z" + env("RUN")).put("carrierCode", "UPS")));
        expect("deliveryTracker", 200, pay.deliveryTracker(tracker));
        expect("deliveryTracker with a number used before", 400, pay.deliveryTracker(tracker));
    }

    private static String permission() throws Exception {
        return control("/charge-permissions", new JSONObject()
            .put("merchantId", env("MERCHANT_ID")).put("type", "PaymentMethodOnFile")).getString("chargePermissionId");
    }

    private static void standing(WebstoreClient pay) throws Exception {
        String permission = permission();
        String charge = expect("createCharge", 201, pay.createCharge(
            new JSONObject().put("chargePermissionId", permission).put("chargeAmount", price()), key()))
            .getString("chargeId");
        expect("cancelCharge", 200, pay.cancelCharge(charge, json("{'cancellationReason':'sold out'}")));
        expect("closeChargePermission", 200, pay.closeChargePermission(permission, json("{'closureReason':'done'}")));
        JSONObject buyer = new JSONObject().put("merchantId", env("MERCHANT_ID"));
        String token = control("/buyer-tokens", buyer).getString("buyerToken");
        expect("getBuyer", 200, pay.getBuyer(URLEncoder.encode(token, "UTF-8")));
    }

    private static void disputes(WebstoreClient pay) throws Exception {
        String charge = expect("createCharge with captureNow", 201, pay.createCharge(new JSONObject()
            .put("chargePermissionId", permission()).put("chargeAmount", price()).put("captureNow", true), key()))
            .getString("chargeId");
        String dispute = control("/charges/" + charge + "/chargeback", new JSONObject()).getString("disputeId");
        expect("getDispute", 200, pay.getDispute(dispute));
        JSONObject file = expect("uploadFile", 200,
            pay.uploadFile(json("{'type':'pdf','purpose':'disputeEvidence'}"), key()));
        expect("contestDispute", 200, pay.contestDispute(dispute, new JSONObject().put("merchantEvidences",
            new JSONArray().put(new JSONObject().put("evidenceType", "Receipt").put("fileId", file.getString("id"))
                .put("evidenceText", "delivered"))), key()));
    }

    private static void reports(WebstoreClient pay) throws Exception {
        String type = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_";
        String first = "20260101T000000Z";
        String second = "20260102T000000Z";
        expect("getReports", 200, pay.getReports());
        expect("getReports with a query", 200,
            pay.getReports(query("reportTypes", type, "pageSize", "10", "createdSince", first)));
        String report = expect("createReport", 201, pay.createReport(new JSONObject()
            .put("reportType", type).put("startTime", first).put("endTime", second), key())).getString("reportId");
        expect("getReportById", 200, pay.getReportById(report));
        String schedule = expect("createReportSchedule", 201, pay.createReportSchedule(new JSONObject()
            .put("reportType", type).put("scheduleFrequency", "P1D").put("nextReportCreationTime", "20991231T000000Z"),
            key())).getString("reportScheduleId");
        expect("getReportSchedules", 200, pay.getReportSchedules(type));
        expect("getReportScheduleById", 200, pay.getReportScheduleById(schedule));
        expect("cancelReportSchedule", 200, pay.cancelReportSchedule(schedule));
        expect("getDisbursements", 200, pay.getDisbursements(query("startTime", first, "endTime", second), key()));
    }

    private static void inStore() throws Exception {
        InstoreClient store = new InstoreClient(configuration());
        String country = env("REGION").equals("na") ? "US" : env("REGION").equals("eu") ? "DE" : "JP";
        String permission = expect("merchantScan", 200, store.merchantScan(new JSONObject()
            .put("scanData", "UKhrmatMeKdlfY6b").put("scanReferenceId", "s" + env("RUN")).put("merchantCOE", country)
            .put("ledgerCurrency", env("CURRENCY")).put("chargeTotal", price()))).getString("chargePermissionId");
        String charge = expect("in-store charge", 200, store.charge(new JSONObject()
            .put("chargePermissionId", permission).put("chargeReferenceId", "c" + env("RUN"))
            .put("chargeTotal", price()))).getString("chargeId");
        expect("in-store refund", 200, store.refund(new JSONObject()
            .put("chargeId", charge).put("refundReferenceId", "r" + env("RUN")).put("refundTotal", price())));
    }
}
