package io.nodeplane.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An AOT cache goes into an image only with the very jars, flags and runtime that it was made from: see JDK-8377932. */
class AotCacheTest {
    @TempDir
    Path folder;

    private Path jar;
    private JavaRuntime runtime;
    private Program program;

    @BeforeEach
    void runtimeAndProgram() throws IOException {
        var libraries = Files.createDirectories(folder.resolve("lib/runtime/lib/server"));
        Files.writeString(libraries.resolve("libjvm.so"), "machine");
        Files.writeString(libraries.resolveSibling("modules"), "classes");
        jar = Files.writeString(
                Files.createDirectory(folder.resolve(ImageLayers.OWN)).resolve("agent.jar"), "old class");
        runtime = new JavaRuntime(folder);
        program = new Program("agent", "Agent", "0:0", "48m", List.of(jar));
    }

    @Test
    void takesTheCacheOfTheSameJars() throws IOException {
        var cache = trained();

        assertSame(cache, cache.requireMadeFrom(program, runtime));
    }

    @Test
    void refusesTheCacheOfAnOlderJar() throws IOException {
        var stale = trained();
        Files.writeString(jar, "new class");

        var refusal = assertThrows(IllegalStateException.class, () -> stale.requireMadeFrom(program, runtime));

        assertTrue(refusal.toString().contains(stale.file().getFileName().toString()), refusal.toString());
        assertTrue(refusal.toString().contains(AotCache.nameFor(program, runtime)), refusal.toString());
    }

    @Test
    void anImageWithAStaleCacheIsNotBuilt() throws IOException {
        var stale = trained();
        Files.writeString(jar, "new class");
        var layers = new ImageLayers(runtime, folder.resolve("etc"));

        assertThrows(IllegalStateException.class, () -> layers.of(program, jar, Optional.of(stale)));
    }

    @Test
    void refusesTheCacheOfAnotherRuntime() throws IOException {
        var stale = trained();
        Files.writeString(folder.resolve("lib/runtime/lib/modules"), "newer classes");

        assertThrows(IllegalStateException.class, () -> stale.requireMadeFrom(program, runtime));
    }

    @Test
    void aProgramWithOtherFlagsHasACacheOfItsOwn() throws IOException {
        var larger = new Program("agent", "Agent", "0:0", "64m", List.of(jar));

        assertNotEquals(AotCache.nameFor(program, runtime), AotCache.nameFor(larger, runtime));
        assertEquals(AotCache.nameFor(program, runtime), AotCache.nameFor(program, runtime));
    }

    @Test
    void saysThatTheTrainingLeftNone() throws IOException {
        var missing = new AotCache(folder.resolve(AotCache.nameFor(program, runtime)));

        var refusal = assertThrows(IllegalStateException.class, () -> missing.requireMadeFrom(program, runtime));

        assertTrue(refusal.toString().contains("is missing"), refusal.toString());
    }

    private AotCache trained() throws IOException {
        return new AotCache(Files.writeString(folder.resolve(AotCache.nameFor(program, runtime)), "cache"));
    }
}
