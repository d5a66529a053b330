package io.nodeplane.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeanClassesTest {
    /** Branches and a local variable of a type of its own: its stack maps name Base. */
    private static final String SOURCE = """
            import java.util.function.IntUnaryOperator;
            public class Sample implements IntUnaryOperator {
                interface Base { int twice(int number); }
                static class Even implements Base { public int twice(int number) { return 2 * number; } }
                static class Odd implements Base {
                    public int twice(int number) {
                        throw new IllegalStateException("odd");
                    }
                }
                @Deprecated @Unseen
                public int applyAsInt(int argumentOfSample) {
                    Base localOfSample = argumentOfSample % 2 == 0 ? new Even() : new Odd();
                    return localOfSample.twice(argumentOfSample);
                }
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.CLASS)
                @interface Unseen {}
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void compile() {
        var source = new SimpleJavaFileObject(URI.create("string:///Sample.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return SOURCE;
            }
        };
        var options = List.of("-g", "-d", folder.toString());
        assertTrue(ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(source))
                .call());
    }

    @Test
    void dropsWhatNobodyReads() throws IOException {
        var before = Files.readAllBytes(folder.resolve("Sample.class"));

        var after = lean(before);

        assertTrue(contains(before, "localOfSample") && contains(before, "Unseen;"));
        assertFalse(contains(after, "localOfSample"), "names of variables");
        assertFalse(contains(after, "argumentOfSample"), "names of arguments");
        assertFalse(contains(after, "Unseen;"), "annotations that no program sees");
    }

    @Test
    void keepsBehaviourVisibleAnnotationsAndLineNumbers() throws Exception {
        leanAll(ClassFile.JAVA_21_VERSION);

        try (var loader = loader()) {
            var sample = loader.loadClass("Sample");
            var twice = (IntUnaryOperator) sample.getConstructor().newInstance();

            assertEquals(42, twice.applyAsInt(21 * 2) / 2);
            assertTrue(sample.getMethod("applyAsInt", int.class).isAnnotationPresent(Deprecated.class));
            assertEquals("odd at 7", failure(twice));
        }
    }

    @Test
    void raisesClassesThatTheCacheWouldNotTake() throws Exception {
        leanAll(ClassFile.JAVA_5_VERSION);

        assertEquals(ClassFile.JAVA_8_VERSION, version("Sample$Even.class"));
        try (var loader = loader()) {
            var even = loader.loadClass("Sample$Even").getDeclaredConstructor();
            even.setAccessible(true);
            assertEquals("Sample$Even", even.newInstance().getClass().getName());
        }
    }

    /** Every class becomes one of the version, then lean. */
    private void leanAll(int version) throws IOException {
        for (var name : List.of("Sample", "Sample$Base", "Sample$Even", "Sample$Odd")) {
            var file = folder.resolve(name + ".class");
            var content = Files.readAllBytes(file);
            content[7] = (byte) version;
            Files.write(file, lean(content));
        }
    }

    private byte[] lean(byte[] content) throws IOException {
        try (var classes = new LeanClasses(List.of(folder))) {
            return classes.lean(content);
        }
    }

    private int version(String name) throws IOException {
        return ClassFile.of().parse(Files.readAllBytes(folder.resolve(name))).majorVersion();
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    private static String failure(IntUnaryOperator twice) {
        try {
            return "no failure: " + twice.applyAsInt(1);
        } catch (IllegalStateException odd) {
            return odd.getMessage() + " at " + odd.getStackTrace()[0].getLineNumber();
        }
    }

    private static boolean contains(byte[] content, String text) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(text);
    }
}
