package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import io.nodeplane.plexd.hooks.HookTrial;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A PlexdHook as a server sends it that does not hold to the schema. The outcome is the Job, a refusal, or nothing. */
final class HookGroup {
    private static final String JOB = "job plexdhook-h with ";
    private static final String LEFT = "left alone";
    private static final String GOOD = "{\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",\"kind\":\"PlexdHook\","
            + "\"metadata\":{\"name\":\"h\",\"uid\":\"u\"},\"spec\":{\"hookName\":\"trim\"}}";

    private final List<Row> rows = new ArrayList<>();

    private HookGroup() {}

    static Group group() {
        var group = new HookGroup();
        group.objects();
        group.specs();
        group.templates();
        group.statuses();
        return new Group("hook", HookGroup::outcome, group.rows);
    }

    private static String outcome(InputStream input) throws IOException {
        PlexdHook object;
        var json = new String(input.readAllBytes(), UTF_8);
        try {
            object = HookTrial.read(json);
        } catch (RuntimeException unreadable) {
            // The client tells its informer the same way, which lists again.
            return "unreadable";
        }
        return HookTrial.outcome(object);
    }

    private void object(String name, String json, String expected) {
        rows.add(Row.of(name, json, expected));
    }

    private void spec(String name, String members, String expected) {
        object(name, GOOD.replace("\"hookName\":\"trim\"", "\"hookName\":\"trim\"," + members), expected);
    }

    private void template(String name, String members, String expected) {
        spec(name, "\"jobTemplate\":{" + members + "}", expected);
    }

    private void status(String name, String members, String expected) {
        object(name, GOOD.replace("\"spec\"", "\"status\":{" + members + "},\"spec\""), expected);
    }

    private void objects() {
        object("as it should be", GOOD, JOB);
        object("without spec", GOOD.replace("\"spec\"", "\"spek\""), LEFT);
        object("with a null spec", GOOD.replace("{\"hookName\":\"trim\"}", "null"), LEFT);
        object("with a list as spec", GOOD.replace("{\"hookName\":\"trim\"}", "[]"), "unreadable");
        object("without name", GOOD.replace("\"name\":\"h\",", ""), LEFT);
        object("without metadata", GOOD.replace("\"metadata\"", "\"metadatum\""), LEFT);
        object("without uid", GOOD.replace("\"uid\":\"u\"", "\"x\":1"), JOB);
        object("with unknown members everywhere", GOOD.replace("{\"", "{\"x\":[{\"y\":null}],\""), JOB);
        object("with a name of 100 KB", GOOD.replace("\"h\"", "\"" + "h".repeat(100_000) + "\""), "job plexdhook-hhh");
    }

    private void specs() {
        object("without hook name", GOOD.replace("hookName", "hookname"), LEFT);
        object("with an empty hook name", GOOD.replace("trim", ""), LEFT);
        object("with a number as hook name", GOOD.replace("\"trim\"", "7"), JOB);
        object("with a list as hook name", GOOD.replace("\"trim\"", "[\"trim\"]"), "unreadable");
        object("with half a surrogate pair as hook name", GOOD.replace("trim", "\\ud800"), JOB);
        spec("a null parameter", "\"parameters\":[null]", LEFT);
        spec("a parameter without name", "\"parameters\":[{\"value\":\"v\"}]", LEFT);
        spec("a parameter without value", "\"parameters\":[{\"name\":\"n\"}]", LEFT);
        spec("a parameter with a list as value", "\"parameters\":[{\"name\":\"n\",\"value\":[]}]", "unreadable");
        spec(
                "two parameters of one name",
                "\"parameters\":[{\"name\":\"n\",\"value\":\"\"},{\"name\":\"n\",\"value\":\"\"}]",
                "refused: ");
        spec(
                "parameters that become one variable",
                "\"parameters\":[{\"name\":\"a-b\",\"value\":\"\"},{\"name\":\"a_b\",\"value\":\"\"}]",
                "refused: ");
        spec("a parameter that is no word", "\"parameters\":[{\"name\":\"\\u0000=\\n\",\"value\":\"\\u0000\"}]", JOB);
        spec(
                "a parameter of 1 MB",
                "\"parameters\":[{\"name\":\"n\",\"value\":\"" + "v".repeat(1_000_000) + "\"}]",
                JOB);
        spec("a map of parameters", "\"parameters\":{\"n\":\"v\"}", "unreadable");
        spec("a null in the node selector", "\"nodeSelector\":{\"a\":null}", LEFT);
        spec("an object in the node selector", "\"nodeSelector\":{\"a\":{}}", "unreadable");
        spec("words for privileged", "\"privileged\":\"very\"", "unreadable");
    }

    private void templates() {
        template("an unknown pull policy", "\"imagePullPolicy\":\"Sometimes\"", JOB);
        template("a null in the command", "\"command\":[null]", LEFT);
        template("a text as command", "\"command\":\"sh\"", "unreadable");
        template("a null amount", "\"resources\":{\"limits\":{\"cpu\":null}}", LEFT);
        template("a host path without a place", "\"hostPaths\":[{\"path\":\"/etc\"}]", LEFT);
        template("a null host path", "\"hostPaths\":[null]", LEFT);
        template(
                "an account that nobody allowed",
                "\"serviceAccountName\":\"cluster-admin\"",
                "refused: ServiceAccountNotAllowed");
        template("retries beyond 32 bits", "\"backoffLimit\":99999999999", "unreadable");
        template("words as a deadline", "\"activeDeadlineSeconds\":\"soon\"", "unreadable");
        template("10,000 deep", "\"x\":" + Material.deep(10_000), "unreadable");
    }

    private void statuses() {
        status("an unknown phase", "\"phase\":\"Exploded\"", JOB);
        status("a null node", "\"nodes\":[null]", LEFT);
        status("a node without name", "\"nodes\":[{\"phase\":\"Running\"}]", LEFT);
        status("a condition without type", "\"conditions\":[{\"status\":\"True\",\"reason\":\"R\"}]", LEFT);
        status("a null condition", "\"conditions\":[null]", LEFT);
        status("words as time", "\"startedAt\":\"soon\"", "unreadable");
    }
}
