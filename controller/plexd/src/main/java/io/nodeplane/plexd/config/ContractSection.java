package io.nodeplane.plexd.config;

import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.plexd.registration.ResourceClaim;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.ConfigType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The keys that choose the contract, and the choice (protocol facts 0.3, 1.2 and 1.4). */
final class ContractSection {
    private static final String AUTO = "auto";

    /** Longest text that the platform takes in a registration (protocol facts 2.3). */
    private static final int MOST_BYTES = 4096;

    private static final UUID ZERO = new UUID(0, 0);

    static final ConfigKey<String> CONTRACT = ConfigKey.of(
            "api.contract",
            ConfigType.oneOf(words()),
            AUTO,
            "what the control plane speaks; auto is v1-2026 if both `registration.project_id` and"
                    + " `registration.resource_handle` are set, else v1-seed. A registered node keeps its contract");
    static final ConfigKey<Duration> SSE_REPROBE_INTERVAL = ConfigKey.atLeast(
            "api.sse_reprobe_interval",
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            "time between attempts while the control plane offers no event stream");
    static final ConfigKey<String> PROJECT_ID = ConfigKey.without(
                    "registration.project_id", ConfigType.TEXT, "none", "project of the node, in contract v1-2026")
            .where("a UUID that is not zero", ContractSection::isUuid)
            .fromVariable("PLEXD_PROJECT_ID")
            .fromFlag("--project-id");
    static final ConfigKey<String> RESOURCE_HANDLE = ConfigKey.without(
                    "registration.resource_handle",
                    ConfigType.TEXT,
                    "none",
                    "resource of the project that the node registers for, in contract v1-2026")
            .where("1 to " + MOST_BYTES + " characters, not blank", ContractSection::fits)
            .fromVariable("PLEXD_RESOURCE_HANDLE")
            .fromFlag("--resource-handle");
    static final ConfigKey<String> REQUESTED_RESOURCE_ID = ConfigKey.without(
                    "registration.requested_resource_id",
                    ConfigType.TEXT,
                    "none",
                    "id that the node would like to get, in contract v1-2026")
            .where("1 to " + MOST_BYTES + " characters, not blank", ContractSection::fits)
            .fromVariable("PLEXD_REQUESTED_RESOURCE_ID")
            .fromFlag("--requested-resource-id");

    private ContractSection() {}

    static List<ConfigKey<?>> keys() {
        return List.of(CONTRACT, SSE_REPROBE_INTERVAL, PROJECT_ID, RESOURCE_HANDLE, REQUESTED_RESOURCE_ID);
    }

    static ContractConfig read(ConfigReader reader) {
        var word = reader.get(CONTRACT);
        var projectId = reader.find(PROJECT_ID);
        var handle = reader.find(RESOURCE_HANDLE);
        var requestedId = reader.find(REQUESTED_RESOURCE_ID).orElse("");
        var reprobe = reader.get(SSE_REPROBE_INTERVAL);
        var wire = WireContract.of(word).orElseGet(() -> automatic(projectId.isPresent() && handle.isPresent()));
        if (wire == WireContract.V1_SEED) {
            return new ContractConfig(wire, Optional.empty(), reprobe);
        }
        demand(reader, PROJECT_ID, projectId);
        demand(reader, RESOURCE_HANDLE, handle);
        var claim = new ResourceClaim(projectId.orElse(""), handle.orElse(""), requestedId);
        return new ContractConfig(wire, Optional.of(claim), reprobe);
    }

    private static WireContract automatic(boolean isClaimed) {
        return isClaimed ? WireContract.V1_2026 : WireContract.V1_SEED;
    }

    private static void demand(ConfigReader reader, ConfigKey<String> key, Optional<String> value) {
        if (value.isEmpty() && !reader.isFaulty(key)) {
            reader.fault(key, "nothing", key.expected() + ", because api.contract is v1-2026");
        }
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put(AUTO, AUTO);
        for (var contract : WireContract.values()) {
            words.put(contract.word(), contract.word());
        }
        return words;
    }

    private static boolean isUuid(String text) {
        try {
            return text.length() == 36 && !UUID.fromString(text).equals(ZERO);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static boolean fits(String text) {
        return !text.isBlank() && text.length() <= MOST_BYTES;
    }
}
