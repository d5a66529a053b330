package io.nodeplane.plexd.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.wire.CannedApi;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared, as the platform takes it. */
class CapabilityBodyTest {
    private static final String NODE = "/v1/nodes/" + Samples.NODE_ID + "/";
    private static final String CHECKSUM = "ab".repeat(32);
    private static final String DIGEST = "sha256:" + "cd".repeat(32);

    @Test
    void tellsChecksumsInBase64AndNoBuiltInActions() throws Exception {
        var api = new CannedApi("");

        contract(api)
                .put(new Capabilities(
                        "0.1.0",
                        CHECKSUM,
                        List.of(new Capabilities.Action("system.info", "What the node is.", List.of())),
                        List.of(new Capabilities.Hook(
                                "h.sh", "", "local", CHECKSUM, List.of(), Optional.empty(), false))));

        assertEquals("PUT " + NODE + "capabilities", api.lastLine());
        assertEquals(
                "{\"binary_version\":\"0.1.0\",\"binary_checksum\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\","
                        + "\"declared_hooks\":[{\"name\":\"h.sh\",\"checksum\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\"}]}",
                api.lastBody());
    }

    @Test
    void tellsTheHooksOfTheCluster() throws Exception {
        var api = new CannedApi("{}");

        contract(api)
                .put(capabilities(
                        List.of(),
                        List.of(
                                plexdHook("a", ""),
                                new PlexdHook(
                                        "b",
                                        DIGEST,
                                        Map.of("z", "1", "depth", "3"),
                                        Optional.of(Duration.ofSeconds(90)),
                                        false))));

        assertEquals(
                "{\"binary_version\":\"0.1.0\",\"binary_checksum\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\","
                        + "\"declared_hooks\":[],\"plexd_hooks\":["
                        + "{\"name\":\"a\",\"image_digest\":\"" + DIGEST
                        + "\",\"parameters\":{\"p\":\"\"},\"sandbox\":true},"
                        + "{\"name\":\"b\",\"image_digest\":\"" + DIGEST
                        + "\",\"parameters\":{\"depth\":\"3\",\"z\":\"1\"},\"timeout_seconds\":90,\"sandbox\":false}]}",
                api.lastBody());
    }

    @ParameterizedTest
    @CsvSource({"128, 10, 128", "129, 10, 128", "40, 3000, 10"})
    void declaresNoMoreHooksThanThePlatformTakes(int hooks, int length, int most) throws Exception {
        var api = new CannedApi("{}");
        var declared = IntStream.range(0, hooks)
                .mapToObj(i -> plexdHook("hook-" + i, "x".repeat(length)))
                .toList();

        contract(api).put(capabilities(List.of(), declared));

        var told = new ObjectMapper().readTree(api.lastBody()).path("plexd_hooks");
        assertTrue(api.lastBody().length() <= 32 << 10, api.lastBody().length() + " bytes");
        assertTrue(told.size() <= most && told.size() >= Math.min(most, 9), told.size() + " hooks");
        assertEquals("hook-0", told.path(0).path("name").asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void tellsTheRestWhenItsHooksAreRefused(int status) throws Exception {
        var api = new CannedApi("{}").failing(new ApiException.Rejected(status, "plexd_hooks: unknown member"));

        contract(api).put(capabilities(List.of(), List.of(plexdHook("a", ""))));

        assertEquals(2, api.seen().size());
        assertFalse(api.lastBody().contains("plexd_hooks"), api.lastBody());
    }

    @Test
    void passesOtherRefusalsOfItsCapabilitiesOn() {
        var without = new CannedApi("{}").failing(new ApiException.Rejected(400, "no"));
        var away = new CannedApi("{}").failing(new ApiException.Rejected(403, "no"));

        assertThrows(ApiException.Rejected.class, () -> contract(without).put(capabilities(List.of(), List.of())));
        assertThrows(
                ApiException.Rejected.class,
                () -> contract(away).put(capabilities(List.of(), List.of(plexdHook("a", "")))));
    }

    private static Capabilities capabilities(List<Capabilities.Hook> hooks, List<PlexdHook> plexdHooks) {
        return new Capabilities("0.1.0", CHECKSUM, List.of(), hooks, plexdHooks);
    }

    private static PlexdHook plexdHook(String name, String parameter) {
        return new PlexdHook(name, DIGEST, Map.of("p", parameter), Optional.empty(), true);
    }

    private static PlatformContract contract(CannedApi api) {
        return new PlatformContract(
                api,
                (segments, cursor, credential) -> InputStream.nullInputStream(),
                Samples.IDENTITY,
                "0.1.0",
                Clock.systemUTC());
    }
}
