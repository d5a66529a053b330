package io.nodeplane.mockapi.wire;

/** One valid body of every kind, each on one line. SOURCE: facts 2.3, 3.2, 4.3, 5.1 to 5.5. */
public final class Samples {
    private static final String KEY = "\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\"";
    private static final String SUM = "\"" + "0123456789abcdef".repeat(4) + "\"";
    private static final String TIME = "\"2026-02-20T12:00:00Z\"";

    public static final String REGISTER =
            "{\"token\":\"e2e-test-token\",\"public_key\":" + KEY + ",\"hostname\":\"worker-1\"}";
    public static final String HEARTBEAT = "{\"node_id\":\"n\",\"timestamp\":" + TIME
            + ",\"status\":\"healthy\",\"uptime\":\"1m2.5s\",\"binary_checksum\":" + SUM
            + ",\"mesh\":{\"interface\":\"plexd0\",\"peer_count\":0,\"listen_port\":51820}}";
    public static final String CAPABILITIES = "{\"binary\":{\"version\":\"0.1.0\",\"checksum\":" + SUM
            + "},\"builtin_actions\":[{\"name\":\"system.info\",\"description\":\"d\",\"parameters\":"
            + "[{\"name\":\"p\",\"type\":\"bool\",\"required\":false,\"default\":true}]}],\"hooks\":[]}";
    public static final String ENDPOINT = "{\"public_endpoint\":\"203.0.113.9:51820\",\"nat_type\":\"unknown\"}";
    public static final String DRIFT =
            "{\"timestamp\":" + TIME + ",\"corrections\":[{\"type\":\"peer_added\",\"detail\":\"peer peer-001\"}]}";
    public static final String REPORT = "{\"entries\":[{\"key\":\"k\",\"content_type\":\"text/plain\","
            + "\"payload\":\"v\",\"version\":1,\"updated_at\":" + TIME + "}],\"deleted\":[\"old\"]}";
    public static final String ACK = "{\"execution_id\":\"e-1\",\"status\":\"accepted\",\"reason\":\"\"}";
    public static final String RESULT = "{\"execution_id\":\"e-1\",\"status\":\"success\",\"exit_code\":0,"
            + "\"stdout\":\"\",\"stderr\":\"\",\"duration\":\"12ms\",\"finished_at\":" + TIME + "}";
    public static final String METRICS =
            "[{\"timestamp\":" + TIME + ",\"group\":\"system\",\"data\":{\"cpu_usage_percent\":1.5}}]";
    public static final String LOGS = "[{\"timestamp\":" + TIME + ",\"source\":\"agent\",\"unit\":\"plexd\","
            + "\"message\":\"hello\",\"severity\":\"info\",\"hostname\":\"worker-1\"}]";
    public static final String AUDIT = "[{\"timestamp\":" + TIME + ",\"source\":\"process\","
            + "\"event_type\":\"process_start\",\"subject\":{\"pid\":1},\"object\":\"plexd\",\"action\":\"start\","
            + "\"result\":\"success\",\"hostname\":\"worker-1\",\"raw\":\"\"}]";
    public static final String TUNNEL_READY = "{\"listen_addr\":\"10.99.0.1:22\",\"timestamp\":" + TIME + "}";
    public static final String TUNNEL_CLOSED =
            "{\"reason\":\"expired\",\"duration\":\"2m0s\",\"timestamp\":" + TIME + "}";
    public static final String VIOLATION = "{\"type\":\"binary\",\"path\":\"/plexd\",\"expected_checksum\":" + SUM
            + ",\"actual_checksum\":" + SUM + ",\"detail\":\"\",\"timestamp\":" + TIME + "}";
    public static final String KEY_ROTATE = "{\"node_id\":\"n\",\"new_public_key\":" + KEY + "}";

    private Samples() {}
}
