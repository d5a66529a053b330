package io.nodeplane.plexd.actions.builtin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code diagnostics.collect}: what somebody who looks for a fault asks first (protocol facts 8.1). What cannot be read is left out. */
record CollectDiagnostics(NodeFacts node) implements Action {
    /** Processes that are told; a node may have thousands. */
    private static final int MAX_PROCESSES = 500;

    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action(
                "diagnostics.collect",
                "Collects diagnostics of the agent and its node",
                List.of(
                        Parameters.flag("include_network", "network interfaces and addresses"),
                        Parameters.flag(
                                "include_processes", "processes that the agent sees, without their arguments")));
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) throws ActionFailed {
        var network = Parameters.flag(parameters, "include_network");
        var processes = Parameters.flag(parameters, "include_processes");
        JsonOutput.print(streams.stdout(), out -> {
            agent(out);
            host(out);
            dataDir(out);
            if (network) {
                network(out);
            }
            if (processes) {
                processes(out);
            }
        });
        return 0;
    }

    private void agent(JsonGenerator out) throws IOException {
        var runtime = Runtime.getRuntime();
        out.writeObjectFieldStart("agent");
        out.writeStringField("version", node.version());
        out.writeStringField("node_id", node.nodeId());
        out.writeNumberField("pid", ProcessHandle.current().pid());
        out.writeStringField("started_at", node.startedAt().toString());
        out.writeStringField("not_ready", node.unready().get().orElse(""));
        out.writeNumberField("heap_used_bytes", runtime.totalMemory() - runtime.freeMemory());
        out.writeNumberField("heap_max_bytes", runtime.maxMemory());
        out.writeNumberField("processors", runtime.availableProcessors());
        out.writeEndObject();
    }

    private void host(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("host");
        out.writeStringField("hostname", node.hostname());
        out.writeStringField("kernel", System.getProperty("os.version"));
        out.writeStringField("arch", System.getProperty("os.arch"));
        for (var name : List.of("uptime", "loadavg", "meminfo")) {
            var text = read(node.proc().resolve(name));
            if (!text.isEmpty()) {
                out.writeStringField(name, text);
            }
        }
        out.writeEndObject();
    }

    private void dataDir(JsonGenerator out) throws IOException {
        var directory = node.dataDir().toFile();
        out.writeObjectFieldStart("data_dir");
        out.writeStringField("path", node.dataDir().toString());
        // Both are 0 when the directory cannot be asked.
        out.writeNumberField("total_bytes", directory.getTotalSpace());
        out.writeNumberField("usable_bytes", directory.getUsableSpace());
        out.writeEndObject();
    }

    private static void network(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("network");
        try {
            for (var networkInterface : NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .toList()) {
                out.writeStartObject();
                out.writeStringField("name", networkInterface.getName());
                out.writeBooleanField("up", networkInterface.isUp());
                out.writeNumberField("mtu", networkInterface.getMTU());
                out.writeArrayFieldStart("addresses");
                for (var address : networkInterface.getInterfaceAddresses()) {
                    out.writeString(address.getAddress().getHostAddress() + "/" + address.getNetworkPrefixLength());
                }
                out.writeEndArray();
                out.writeEndObject();
            }
        } catch (SocketException unreadable) {
            out.writeString("unreadable: " + unreadable.getMessage());
        }
        out.writeEndArray();
    }

    /** From {@code stat}, proc(5): the name may hold anything, spaces and parentheses too, so its end is the last one. */
    private void processes(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("processes");
        for (var stat : stats()) {
            out.writeStartObject();
            out.writeStringField("pid", stat.substring(0, stat.indexOf('(')).strip());
            out.writeStringField("name", stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
            out.writeStringField("state", stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private List<String> stats() {
        try (var entries = Files.list(node.proc())) {
            return entries.filter(
                            entry -> entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9'))
                    .map(entry -> read(entry.resolve("stat")))
                    .filter(stat -> stat.indexOf('(') > 0 && stat.lastIndexOf(')') + 3 <= stat.length())
                    .limit(MAX_PROCESSES)
                    .toList();
        } catch (IOException noProc) {
            return List.of();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
