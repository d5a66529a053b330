package io.nodeplane.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the generated types against a golden list, so that a change of a CRD or of the generator shows what it does to
 * Java. Rewritten by {@code ./mvnw -pl controller/model -am test -Dtest=GeneratedSurfaceTest -Dgolden=update}.
 *
 * <p>Also seed "PlexdNodeState CRD", seed "PlexdHook CRD Reference".
 */
final class GeneratedSurfaceTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/nodeplane/model/surface.golden");

    @Test
    void generatesTheTypesAndFieldsOfTheGoldenList() throws Exception {
        var surface = generated().stream().map(GeneratedSurfaceTest::describe).collect(Collectors.joining("\n"));

        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, surface);
        }

        assertEquals(Files.readString(GOLDEN), surface, "differs from " + GOLDEN + ", see -Dgolden=update");
    }

    private static List<Class<?>> generated() throws IOException, URISyntaxException {
        var classes = Path.of(PlexdNodeState.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(classes.resolve("com/plexsphere"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace('/', '.').replaceAll("\\.class$", ""))
                    .sorted()
                    .<Class<?>>map(GeneratedSurfaceTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("class file without a class: " + name, gone);
        }
    }

    private static String describe(Class<?> type) {
        var text = new StringBuilder(type.getName());
        if (type.isAnnotationPresent(Group.class)) {
            text.append(" = ").append(type.getAnnotation(Group.class).value());
            text.append('/').append(type.getAnnotation(Version.class).value());
            text.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        if (type.isEnum()) {
            text.append(" = ").append(Arrays.toString(type.getEnumConstants()));
        }
        text.append('\n');
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(JsonProperty.class) && !field.isEnumConstant())
                .map(GeneratedSurfaceTest::describe)
                .sorted()
                .forEach(text::append);
        return text.toString();
    }

    private static String describe(Field field) {
        var property = field.getAnnotation(JsonProperty.class).value();
        return "  " + property + ": " + field.getGenericType().getTypeName() + " " + field.getName() + "\n";
    }
}
