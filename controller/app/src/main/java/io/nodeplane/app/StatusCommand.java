package io.nodeplane.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.identity.FileIdentities;
import io.nodeplane.runtime.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code plexd status}: asks the running agent, and when none answers looks into its data directory. */
final class StatusCommand {
    private static final int CONNECT_MILLISECONDS = 5_000;

    /** Inside a container this command shares the agent's CPU limit, and its own start alone can use that up for seconds. */
    private static final int READ_MILLISECONDS = 60_000;

    private static final int MAX_BYTES = 1 << 20;

    private final Commands.Settings settings;
    private final Console console;

    StatusCommand(Commands.Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    int run(String output) {
        if (!output.equals("text") && !output.equals("json")) {
            console.err().println("plexd: --output: found \"" + output + "\", expected text or json");
            return 2;
        }
        try {
            var config = ConfigFile.load(
                            settings.file(), console.variables(), settings.flags(), UpCommand.surroundings(console))
                    .config();
            return status(config, output);
        } catch (ConfigException wrong) {
            console.err().println("plexd: " + wrong.getMessage());
            return 2;
        }
    }

    private int status(PlexdConfig config, String output) {
        var listen = config.health().listen();
        var address = listen.getHostString() + ":" + listen.getPort();
        try {
            var json = ask(URI.create("http://" + address + "/status"));
            console.out().print(output.equals("json") ? json : text(json));
            return 0;
        } catch (IOException silent) {
            console.err().println("plexd: no agent answers on " + address + " (" + silent.getMessage() + ")");
            console.err().println(hint(config));
            return 1;
        }
    }

    private static String ask(URI uri) throws IOException {
        var connection = uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLISECONDS);
        connection.setReadTimeout(READ_MILLISECONDS);
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** One line per thing a person wants to know. */
    static String text(String json) throws IOException {
        var status = new ObjectMapper().readTree(json);
        var plane = status.path("control_plane");
        var text = new StringBuilder();
        line(
                text,
                "agent",
                "plexd " + status.path("version").asText() + ", running since "
                        + status.path("started_at").asText());
        line(
                text,
                "ready",
                status.path("ready").asBoolean()
                        ? "yes"
                        : "no: " + status.path("not_ready_reason").asText());
        line(text, "node", orElse(status.path("node_id"), "not registered yet"));
        line(text, "mesh ip", orElse(status.path("mesh_ip"), "none"));
        line(
                text,
                "control plane",
                plane.path("url").asText() + (plane.path("reachable").asBoolean() ? ", reachable" : ", not reachable"));
        line(
                text,
                "last heartbeat",
                orElse(plane.path("last_heartbeat_at"), "none yet")
                        + (plane.path("failure").asText().isEmpty()
                                ? ""
                                : "; then failed: " + plane.path("failure").asText()));
        var events = status.path("events");
        line(
                text,
                "events",
                orElse(events.path("mode"), "not started") + " since " + orElse(events.path("since"), "-")
                        + (events.path("reason").asText().isEmpty()
                                ? ""
                                : " (" + events.path("reason").asText() + ")"));
        status.path("pipelines")
                .properties()
                .forEach(pipeline -> line(text, pipeline.getKey(), figures(pipeline.getValue())));
        line(
                text,
                "node state",
                (status.path("node_state").path("object").asText() + " "
                                + status.path("node_state").path("standing").asText())
                        .strip());
        line(text, "data plane", orElse(status.path("data_plane"), "not started"));
        return text.toString();
    }

    private static String figures(JsonNode pipeline) {
        return pipeline.path("sent").asLong() + " sent, "
                + pipeline.path("buffered").asLong() + " buffered, "
                + pipeline.path("dropped").asLong() + " dropped";
    }

    private static String orElse(JsonNode node, String fallback) {
        return node.asText().isEmpty() ? fallback : node.asText();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-15s %s%n", name, value));
    }

    /** What the files say without touching them: a status must not set anything aside. */
    static String hint(PlexdConfig config) {
        var identity = config.dataDir().resolve(FileIdentities.COMMIT);
        var start = "Start it with: plexd up --config FILE; in Kubernetes look at: kubectl -n plexd-system get pods -o"
                + " wide";
        return identityText(identity) + "\n" + start;
    }

    private static String identityText(Path identity) {
        try {
            var json = new ObjectMapper().readTree(Files.readAllBytes(identity));
            return "This node is registered as " + json.path("node_id").asText() + " with mesh ip "
                    + json.path("mesh_ip").asText() + " (" + identity + ").";
        } catch (IOException absent) {
            return "This node has no readable identity (" + identity + ").";
        }
    }
}
