package io.nodeplane.plexd.hostile;

import java.util.List;

/** Answers on every route that the agent reads. */
final class BodyGroups {
    private BodyGroups() {}

    static List<Group> groups() {
        return List.of(StateAnswers.group(), register(), heartbeat(), secret());
    }

    private static Group register() {
        var good = "{\"node_id\":\"n-1\",\"mesh_ip\":\"10.0.0.1\",\"signing_public_key\":\"" + Envelope.PUBLIC_KEY
                + "\",\"node_secret_key\":\"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345\"}";
        var group = new Answers("register", good);
        for (var member : List.of("node_id", "mesh_ip", "signing_public_key", "node_secret_key")) {
            group.body(member + " missing", good.replace(member, "other"), Answers.MALFORMED + "register: ");
            group.body(
                    member + " null",
                    good.replaceFirst("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":null"),
                    Answers.MALFORMED + "register: ");
            group.body(
                    member + " a number",
                    good.replaceFirst("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":7"),
                    Answers.MALFORMED + "register: /" + member + " is wrong, expected a string");
        }
        group.body("a node id of blanks", good.replace("n-1", "   "), Answers.MALFORMED + "register: ");
        group.body("a node id with a line end", good.replace("n-1", "n\\n1"), Answers.MALFORMED + "register: ");
        group.body("a node id that climbs the path", good.replace("n-1", ".."), "registered");
        group.body("a node id of 1 MB", good.replace("n-1", "n".repeat(1_000_000)), Answers.MALFORMED + "register: ");
        group.body("a mesh address of IPv6", good.replace("10.0.0.1", "fe80::1"), Answers.MALFORMED + "register: ");
        group.body(
                "a mesh address of five numbers",
                good.replace("10.0.0.1", "10.0.0.0.1"),
                Answers.MALFORMED + "register: ");
        group.body(
                "a signing key of 31 bytes",
                good.replace(Envelope.PUBLIC_KEY, "AAAA"),
                Answers.MALFORMED + "register: ");
        group.body(
                "a signing key off the curve",
                good.replace(Envelope.PUBLIC_KEY, "//////////////////////////////////////////8="),
                Answers.MALFORMED + "register: ");
        group.body("a secret key of 31 bytes", good.replace("ABCDE", "ABCD"), Answers.MALFORMED + "register: ");
        group.body(
                "a secret key with a header in it",
                good.replace("ABCDE", "AB\\r\\nE"),
                Answers.MALFORMED + "register: ");
        group.body("a secret key beyond ASCII", good.replace("ABCDE", "A\u00e4DE"), Answers.MALFORMED + "register: ");
        return group.group(Asking::register);
    }

    private static Group heartbeat() {
        var group = new Answers("heartbeat", "{\"reconcile\":true,\"rotate_keys\":false}");
        group.body(
                "reconcile in words",
                "{\"reconcile\":\"true\"}",
                Answers.MALFORMED + "heartbeat: /reconcile is wrong, expected true or false");
        group.body("reconcile a number", "{\"reconcile\":1}", Answers.MALFORMED + "heartbeat: /reconcile is wrong");
        group.body("reconcile null", "{\"reconcile\":null}", "reconcile false");
        group.body("reconcile an object", "{\"reconcile\":{}}", Answers.MALFORMED + "heartbeat: /reconcile is wrong");
        group.body("reconcile twice", "{\"reconcile\":false,\"reconcile\":true}", "reconcile true");
        group.body(
                "rotate_keys a list",
                "{\"rotate_keys\":[true]}",
                Answers.MALFORMED + "heartbeat: /rotate_keys is wrong");
        group.large(
                "4 MB that nobody asked for", "{\"x\":\"", "x", 4_000_000, "\",\"reconcile\":true}", "reconcile true");
        return group.group(Asking::heartbeat);
    }

    private static Group secret() {
        var sealed =
                "\"nonce\":\"AAAAAAAAAAAAAAAA\",\"ciphertext\":\"l/T2Pmeub3tfdM3TNH1QgWaoferB10sP0XA3w2iTgk4puIt5RWM=\"";
        var good = "{\"key\":\"k\",\"version\":1," + sealed + "}";
        var group = new Answers("secret", good);
        group.body("another secret than asked for", good.replace("\"k\"", "\"other\""), "SecretUnavailable");
        group.body("without key", good.replace("\"key\"", "\"kay\""), Answers.MALFORMED + "secret: ");
        group.body(
                "a nonce of 11 bytes",
                good.replace("AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA="),
                Answers.MALFORMED + "secret: ");
        group.body(
                "a nonce of 24 bytes",
                good.replace("AAAAAAAAAAAAAAAA", "A".repeat(32)),
                Answers.MALFORMED + "secret: ");
        group.body("another nonce", good.replace("AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAB"), "SecretUnavailable");
        group.body("no ciphertext", good.replace("ciphertext", "siphertext"), Answers.MALFORMED + "secret: ");
        group.body(
                "a ciphertext of 15 bytes",
                good.replaceFirst("l/T2[^\"]*", "AAAAAAAAAAAAAAAAAAAA"),
                Answers.MALFORMED + "secret: ");
        group.body("a changed ciphertext", good.replace("l/T2", "l/T3"), "SecretUnavailable");
        group.body("a cut ciphertext", good.replace("RWM=", ""), "SecretUnavailable");
        group.body("a ciphertext that is no base64", good.replace("l/T2", "****"), Answers.MALFORMED + "secret: ");
        group.body(
                "a ciphertext of numbers",
                good.replaceFirst("\"l/T2[^\"]*\"", "[151,244]"),
                Answers.MALFORMED + "secret: /ciphertext is wrong, expected a string");
        group.body(
                "a version of words",
                good.replace("\"version\":1", "\"version\":\"one\""),
                Answers.MALFORMED + "secret: /version is wrong");
        group.large(
                "a ciphertext of 1 MB",
                "{\"key\":\"k\",\"nonce\":\"AAAAAAAAAAAAAAAA\",\"ciphertext\":\"",
                "AAAA",
                250_000,
                "\"}",
                "SecretUnavailable");
        group.large(
                "a ciphertext of 4 MB",
                "{\"key\":\"k\",\"nonce\":\"AAAAAAAAAAAAAAAA\",\"ciphertext\":\"",
                "AAAA",
                1_000_000,
                "\"}",
                Answers.MALFORMED + "secret: /ciphertext is wrong, expected less");
        return group.group(Asking::secret);
    }
}
