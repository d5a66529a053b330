package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.runtime.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration file. The outcome is the first fault, or {@code taken} with the data directory and the first warning. */
final class ConfigGroup {
    private static final String GOOD = "api:\n  base_url: http://c\n";

    private final List<Row> rows = new ArrayList<>();

    private ConfigGroup() {}

    static Group group() {
        var group = new ConfigGroup();
        group.files();
        group.yaml();
        group.values();
        group.sizes();
        return new Group("configuration", ConfigGroup::outcome, group.rows);
    }

    private static String outcome(InputStream yaml) throws IOException {
        var file = Files.createTempFile("config", ".yaml");
        try {
            Files.copy(yaml, file, StandardCopyOption.REPLACE_EXISTING);
            var loaded = ConfigFile.load(file, Map.of(), Map.of(), new Surroundings(Optional.empty(), "host"));
            var warnings = loaded.warnings();
            return "taken, data in " + loaded.config().dataDir()
                    + (warnings.isEmpty()
                            ? ""
                            : ", " + warnings.size() + " warnings: "
                                    + warnings.getFirst().replace(file.toString(), "f"));
        } catch (ConfigException refused) {
            var longest = refused.faults().stream()
                    .mapToInt(fault -> fault.toString().length())
                    .max()
                    .orElse(0);
            return (longest > 1000 ? "A FAULT OF " + longest + " CHARACTERS " : "")
                    + refused.faults().getFirst().toString().replace(file.toString(), "f");
        } finally {
            Files.delete(file);
        }
    }

    private void row(String name, String yaml, String expected) {
        rows.add(Row.of(name, yaml, expected));
    }

    private void bytes(String name, byte[] yaml, String expected) {
        rows.add(Row.of(name, yaml, expected));
    }

    private void files() {
        row("empty", "", "f: found an empty file");
        row("only a comment", "# nothing\n", "f: found an empty file");
        row("only line ends", "\n\r\n\n", "f: found an empty file");
        row("a number", "1", "f: found no mapping");
        row("a list", "- a\n- b\n", "f: found no mapping");
        row("null", "~", "f: found no mapping");
        row("JSON", "{\"api\":{\"base_url\":\"http://c\"}}", "taken, data in /var/lib/plexd");
        row("a mark before", "\ufeff" + GOOD, "taken, data in /var/lib/plexd");
        row("Windows line ends", GOOD.replace("\n", "\r\n"), "taken, data in /var/lib/plexd");
        bytes(
                "UTF-16",
                Material.concat(new byte[] {(byte) 0xff, (byte) 0xfe}, GOOD.getBytes(UTF_16LE)),
                "f:1: found broken YAML (java.io.CharConversionException: Invalid UTF-8");
        bytes(
                "Latin-1",
                (GOOD + "data_dir: /\u00e4\n").getBytes(ISO_8859_1),
                "f:3: found broken YAML (java.io.CharConversionException");
        bytes(
                "gzip",
                Material.gzip(Material.bytes(GOOD)),
                "f:1: found broken YAML (java.io.CharConversionException: Invalid UTF-8");
        row("a NUL", GOOD + "data_dir: /\u0000\n", "f");
        row("an escape character", GOOD + "data_dir: /\u001b[2J\n", "f");
        row("two documents", GOOD + "---\n" + GOOD, "f: found a second document");
        row("a document end and more", GOOD + "...\nmode: node\n", "f:4: found broken YAML");
        row("a directive of YAML 9", "%YAML 9.9\n---\n" + GOOD, "f");
        row("HTML", "<html><body>404</body></html>", "f: found no mapping");
    }

    private void yaml() {
        row(
                "tabs",
                "api:\n\tbase_url: http://c\n",
                "f:2: found broken YAML (while scanning for the next token, found character '\\t(TAB)'");
        row("wrong indentation", "api:\n  base_url: http://c\n connect_timeout: 1s\n", "f:3: found broken YAML");
        row("a key twice", GOOD + "mode: node\nmode: node\n", "f:4: found broken YAML (Duplicate");
        row("a section twice", GOOD + GOOD, "f:3: found broken YAML (Duplicate");
        row("an alias", "data_dir: &d /x\nmode: *d\n" + GOOD, "f:2: found the YAML alias *d");
        row("an alias to nothing", "data_dir: *nowhere\n" + GOOD, "f:1: found the YAML alias *nowhere");
        row("an alias to itself", "api: &a\n  base_url: http://c\n  x: *a\n", "f:3: found the YAML alias *a");
        row("a merge key", "x: &a\n  base_url: http://c\napi:\n  <<: *a\n", "f:4: found the YAML alias *a");
        row(
                "a laugh bomb",
                "a: &a [l,l,l,l,l,l,l,l,l]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                        + GOOD,
                "f:2: found the YAML alias *a");
        row(
                "a Java tag",
                "data_dir: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://evil\"]]\n" + GOOD,
                "f:1: data_dir: found a list");
        row("a binary tag", "data_dir: !!binary aGk=\n" + GOOD, "taken, data in aGk=");
        row("a key that is a list", "[a, b]: c\n" + GOOD, "f");
        row("a key that is a section", "? {a: b}\n: c\n" + GOOD, "f");
        row("a key without name", "? \n: c\n" + GOOD, "taken");
        row("a key of a million dots", "a" + ".".repeat(100_000) + ": 1\n" + GOOD, "f");
        row("a key that looks like a path", "api.base_url: http://c\n", "f: api.base_url: found nothing");
        row("an unclosed quote", "mode: \"node\n" + GOOD, "f");
        row("an unclosed bracket", "x: [1, 2\n" + GOOD, "f");
    }

    private void values() {
        row("a section that is a text", "api: none\n", "f:1: api: found text \"none\"");
        row("a section that is a list", "api: []\n", "f:1: api: found a list");
        row("a text that is a section", GOOD + "data_dir: {a: b}\n", "f:3: data_dir: found a section");
        row("a text that is a number", GOOD + "data_dir: 1\n", "f:3: data_dir: found number 1");
        row(
                "a duration that is a number",
                GOOD + "heartbeat:\n  interval: 30\n",
                "f:4: heartbeat.interval: found number 30");
        row(
                "a duration below zero",
                GOOD + "heartbeat:\n  interval: -30s\n",
                "f:4: heartbeat.interval: found text \"-30s\"");
        row("a duration beyond 64 bits", GOOD + "heartbeat:\n  interval: 9999999999h\n", "f:4: heartbeat.interval");
        row(
                "a duration of 500,000 digits",
                GOOD + "heartbeat:\n  interval: " + "9".repeat(500_000) + "s\n",
                "f:4: heartbeat.interval");
        row(
                "a number beyond 32 bits",
                GOOD + "metrics:\n  batch_size: 99999999999\n",
                "f:4: metrics.batch_size: found number 99999999999");
        row(
                "a number of 500,000 digits",
                GOOD + "metrics:\n  batch_size: " + "9".repeat(500_000) + "\n",
                "f:4: metrics.batch_size");
        row(
                "a number with a fraction",
                GOOD + "metrics:\n  batch_size: 1.5\n",
                "f:4: metrics.batch_size: found number 1.5");
        row("a boolean of words", GOOD + "metrics:\n  enabled: maybe\n", "f:4: metrics.enabled: found text \"maybe\"");
        row(
                "a URL of a file",
                "api:\n  base_url: file:///etc/shadow\n",
                "f:2: api.base_url: found text \"file:///etc/shadow\"");
        row("a URL with a password", "api:\n  base_url: http://u:p@c\n", "f:2: api.base_url");
        row("a URL with spaces", "api:\n  base_url: http://c /x\n", "f:2: api.base_url");
        row(
                "a URL of 500,000 characters",
                "api:\n  base_url: ftp://" + "c".repeat(500_000) + "\n",
                "f:2: api.base_url");
        row("a port beyond 16 bits", GOOD + "health:\n  listen: 127.0.0.1:99999\n", "f:4: health.listen");
        row(
                "a list of sections",
                GOOD + "log_fwd:\n  file_patterns: [{a: b}]\n",
                "f:4: log_fwd.file_patterns: found a list");
        row(
                "a secret in the wrong type",
                GOOD + "registration:\n  token_value: [geheim]\n",
                "f:4: registration.token_value: found a list");
        row(
                "metadata of lists",
                GOOD + "registration:\n  metadata:\n    a: [1]\n",
                "f:5: registration.metadata: found a section");
    }

    private void sizes() {
        row("40 lists deep", "x: " + Material.deep(40) + "\n" + GOOD, "taken");
        row("900 lists deep", "x: " + Material.deep(900) + "\n" + GOOD, "f:1: found values inside each other");
        row("10,000 lists deep", "x: " + Material.deep(10_000) + "\n" + GOOD, "f:1: found values inside each other");
        row("10,000 sections deep", "x: " + "{a: ".repeat(10_000) + "1" + "}".repeat(10_000) + "\n" + GOOD, "f");
        row("300,000 brackets that are not closed", "x: " + "[".repeat(300_000), "f");
        row("10,000 dashes", "- ".repeat(10_000) + "a\n", "f");
        large("1 MiB of one text", GOOD + "data_dir: /", "x", Material.MIB - 100, "\n", "taken, data in /xxx");
        large(
                "1 MiB of wrong text",
                GOOD + "log_fwd:\n  filter:\n    min_severity: ",
                "x",
                Material.MIB - 100,
                "\n",
                "f:5: log_fwd.filter.min_severity: found text \"xxx");
        large("a key of 1 MiB", GOOD, "k", Material.MIB - 100, ": 1\n", "f:3: found broken YAML");
        large("1 MiB of comments", "", "# x\n", 260_000, GOOD, "taken");
        large("more than 1 MiB", GOOD, "# x\n", 300_000, "", "f: found 1200");
        rows.add(new Row(
                "80,000 unknown keys", () -> unknownKeys(80_000), "taken, data in /var/lib/plexd, 21 warnings"));
    }

    private static InputStream unknownKeys(int count) {
        var yaml = new StringBuilder(GOOD);
        for (var key = 0; key < count; key++) {
            yaml.append('k').append(key).append(": 1\n");
        }
        return new java.io.ByteArrayInputStream(yaml.toString().getBytes(UTF_8));
    }

    private void large(String name, String before, String piece, int times, String behind, String expected) {
        rows.add(new Row(name, () -> Material.repeated(before, piece, times, behind), expected));
    }
}
