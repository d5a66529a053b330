package io.nodeplane.plexd.hostile;

import java.util.List;

/** Answers to the pull of the state, the largest and the most often read. */
final class StateAnswers {
    private StateAnswers() {}

    static Group group() {
        var group = new Answers("state", "{\"peers\":[{\"id\":\"p\"}]}");
        for (var member : List.of("peers", "policies", "data", "secret_refs")) {
            group.body(
                    member + " an object",
                    "{\"" + member + "\":{}}",
                    Answers.MALFORMED + "state: /" + member + " is wrong, expected an array");
            group.body(member + " with a null", "{\"" + member + "\":[null]}", Answers.MALFORMED + "state: /" + member);
            group.body(
                    member + " of numbers",
                    "{\"" + member + "\":[1]}",
                    Answers.MALFORMED + "state: /" + member + "/0 is wrong, expected an object");
        }
        group.body(
                "all null",
                "{\"peers\":null,\"policies\":null,\"data\":null,\"secret_refs\":null,\"metadata\":null,\"signing_keys\":null,\"bridge_config\":null}",
                "0 peers, 0 data");
        group.body(
                "metadata a list",
                "{\"metadata\":[]}",
                Answers.MALFORMED + "state: /metadata is wrong, expected an object");
        group.body(
                "metadata of numbers",
                "{\"metadata\":{\"a\":1}}",
                Answers.MALFORMED + "state: /metadata/a is wrong, expected a string");
        group.body("metadata with half a surrogate pair", "{\"metadata\":{\"a\":\"\\udfff\"}}", "0 peers, 0 data");
        group.body(
                "metadata with half a surrogate pair as a name",
                "{\"metadata\":{\"\\ud800\":\"\"}}",
                Answers.MALFORMED + "state: is cut off or no JSON");
        group.body(
                "a version of words",
                "{\"data\":[{\"key\":\"a\",\"version\":\"1\"}]}",
                Answers.MALFORMED + "state: /data/0/version is wrong, expected a whole number");
        group.body(
                "a version beyond 64 bits",
                "{\"data\":[{\"key\":\"a\",\"version\":99999999999999999999}]}",
                Answers.MALFORMED + "state: /data/0/version is wrong, expected a whole number");
        group.body(
                "a version of 2,000 digits",
                "{\"data\":[{\"key\":\"a\",\"version\":" + "9".repeat(2000) + "}]}",
                Answers.MALFORMED + "state: /data/0/version is wrong, expected less");
        group.body(
                "a time of words",
                "{\"data\":[{\"key\":\"a\",\"updated_at\":\"soon\"}]}",
                Answers.MALFORMED + "state: /data/0/updated_at is wrong, expected an RFC 3339 time");
        group.body(
                "a port of 70,000",
                "{\"policies\":[{\"id\":\"p\",\"rules\":[{\"port\":70000}]}]}",
                Answers.MALFORMED + "state: /policies/0/rules/0/port is wrong, expected a port");
        group.body(
                "a port below zero",
                "{\"policies\":[{\"id\":\"p\",\"rules\":[{\"port\":-1}]}]}",
                Answers.MALFORMED + "state: /policies/0/rules/0/port is wrong, expected a port");
        group.body(
                "two peers of one id",
                "{\"peers\":[{\"id\":\"p\"},{\"id\":\"p\",\"mesh_ip\":\"1\"}]}",
                "2 peers, 0 data");
        group.body(
                "two data entries of one key", data("\"payload\":1},{\"key\":\"a\",\"payload\":2"), "0 peers, 2 data");
        group.body(
                "signing keys of nonsense",
                "{\"signing_keys\":{\"current\":\"AAAA\",\"previous\":7}}",
                Answers.MALFORMED + "state: /signing_keys/previous is wrong, expected a string");
        group.body("a short signing key", "{\"signing_keys\":{\"current\":\"AAAA\"}}", "0 peers, 0 data");
        group.body("a payload of 1e999", data("\"payload\":1e999"), "0 peers, 1 data");
        group.body("a payload of 900 digits", data("\"payload\":" + "9".repeat(900)), "0 peers, 1 data");
        group.body(
                "a payload of 2,000 digits",
                data("\"payload\":" + "9".repeat(2000)),
                Answers.MALFORMED + "state: /data/0/payload is wrong, expected less");
        group.body("a payload with half a surrogate pair", data("\"payload\":\"\\ud800\""), "0 peers, 1 data");
        group.body(
                "a payload with half a surrogate pair as a name",
                data("\"payload\":{\"\\ud800\":1}"),
                Answers.MALFORMED + "state: is cut off or no JSON");
        group.body(
                "a payload of the year 999999999",
                data("\"updated_at\":\"+999999999-12-31T23:59:59Z\""),
                "0 peers, 1 data");
        group.body(
                "a payload 900 deep",
                data("\"payload\":" + Material.deep(900)),
                Answers.MALFORMED + "state: /data/0/payload/0");
        group.body(
                "a key with half a surrogate pair",
                "{\"data\":[{\"key\":\"\\ud800\",\"content_type\":\"\\udfff\"}]}",
                "0 peers, 1 data");
        var limits = Answers.MALFORMED + "state: ";
        group.large(
                "4 MB of peers", "{\"peers\":[{\"id\":\"p\"}", ",{\"id\":\"p\"}", 363_000, "]}", limits + "/peers/");
        group.large(
                "4 MB of labels",
                "{\"metadata\":{\"a\":\"\"",
                ",\"aaaaaaaaa\":\"\"",
                266_000,
                "}}",
                limits + "/metadata/");
        group.large(
                "4 MB of nulls",
                "{\"peers\":[null",
                ",null",
                799_000,
                "]}",
                limits + "/peers/0 is wrong, expected a non-empty member id");
        group.large(
                "4 MB of addresses",
                "{\"peers\":[{\"id\":\"p\",\"allowed_ips\":[\"\"",
                ",\"\"",
                1_333_000,
                "]}]}",
                limits + "/peers/0/allowed_ips/");
        group.large(
                "4 MB of small numbers in one payload",
                "{\"data\":[{\"key\":\"a\",\"payload\":[0",
                ",0",
                1_999_000,
                "]}]}",
                limits + "/data/0/payload/");
        group.large(
                "4 MB of empty objects in a member that nobody knows",
                "{\"x\":[{}",
                ",{}",
                1_333_000,
                "]}",
                limits + "/x/");
        group.large(
                "4 MB of rules",
                "{\"policies\":[{\"id\":\"a\",\"rules\":[{}",
                ",{}",
                1_333_000,
                "]}]}",
                limits + "/policies/0/rules/");
        group.large(
                "4 MB of one text",
                "{\"data\":[{\"key\":\"a\",\"payload\":\"",
                "x",
                4_000_000,
                "\"}]}",
                limits + "/data/0/payload is wrong, expected less");
        group.large(
                "2 MB of payload in pieces",
                "{\"data\":[{\"key\":\"a\",\"payload\":[0",
                ",\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
                50_000,
                "]}]}",
                limits + "/data/0/payload is wrong, expected at most 1048576 bytes");
        group.large(
                "4 MB of one label",
                "{\"metadata\":{\"a\":\"",
                "x",
                4_000_000,
                "\"}}",
                limits + "/metadata/a is wrong, expected less");
        group.large(
                "4 MB of one name",
                "{\"metadata\":{\"",
                "x",
                4_000_000,
                "\":\"\"}}",
                limits + "/metadata is wrong, expected less");
        group.large(
                "5 MB", "{\"x\":\"", "x", 5_000_000, "\"}", Answers.MALFORMED + group.answered() + Answers.TOO_LONG);
        group.large(
                "1 MB of one text",
                "{\"data\":[{\"key\":\"a\",\"payload\":\"",
                "x",
                1_000_000,
                "\"}]}",
                "0 peers, 1 data");
        group.large(
                "1 MB of one text in Greek",
                "{\"data\":[{\"key\":\"a\",\"payload\":\"",
                "\u03b1",
                500_000,
                "\"}]}",
                "0 peers, 1 data");
        group.large(
                "1 MB of HTML signs in one block",
                "{\"bridge_config\":{\"a\":\"",
                "<",
                1_000_000,
                "\"}}",
                "0 peers, 0 data");
        group.large(
                "100,000 small numbers in one payload",
                "{\"data\":[{\"key\":\"a\",\"payload\":[0",
                ",0",
                100_000,
                "]}]}",
                "0 peers, 1 data");
        group.large(
                "70,000 labels of one name",
                "{\"metadata\":{\"a\":\"\"",
                ",\"a\":\"\"",
                70_000,
                "}}",
                "0 peers, 0 data");
        group.large(
                "30,000 peers",
                "{\"peers\":[{\"id\":\"p\"}",
                ",{\"id\":\"p\",\"mesh_ip\":\"10.0.0.1\",\"public_key\":\"" + Envelope.PUBLIC_KEY + "\"}",
                30_000,
                "]}",
                "30001 peers");
        group.body(
                "a number of 2,000 digits inside a payload",
                data("\"payload\":[" + "9".repeat(2000) + "]"),
                limits + "/data/0/payload/0 is wrong, expected less");
        group.body("a payload 120 deep", data("\"payload\":" + Material.deep(120)), "0 peers, 1 data");
        return group.group(Asking::state);
    }

    private static String data(String members) {
        return "{\"data\":[{\"key\":\"a\"," + members + "}]}";
    }
}
