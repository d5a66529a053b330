package io.nodeplane.app.seeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests of the whole project as their sources have them, whatever module they are in and whether they are compiled. */
final class TestSources {
    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");
    private static final Pattern SWITCH = Pattern.compile("Disabled\\w*|Enabled\\w*|Ignore");
    /** What the build runs. */
    private static final Pattern RUN = Pattern.compile(".*(Test|IT|E2E)");

    private final Path root;
    private final Map<String, List<TestSource>> byName = new HashMap<>();

    private TestSources(Path root) {
        this.root = root;
    }

    /** Everything under {@code src/test/java} of every module of the checkout. */
    static TestSources of(Path root) throws IOException {
        var sources = new TestSources(root);
        try (var files = Files.walk(root)) {
            var java = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            for (var source : TestSource.parse(java)) {
                sources.byName
                        .computeIfAbsent(source.name(), _ -> new ArrayList<>())
                        .add(source);
            }
        }
        return sources;
    }

    /** What is wrong with the name of a test; nothing when it is a test that runs. */
    Optional<String> fault(String test) throws IOException {
        if (test.startsWith("policies/")) {
            return policyFault(test);
        }
        var name = test.split("#", -1);
        if (name.length != 2) {
            return Optional.of("expected Class#method or policies/name");
        }
        var found = byName.getOrDefault(name[0], List.of());
        if (found.size() != 1) {
            return Optional.of(found.isEmpty() ? "no such class" : "several classes of that name");
        }
        return classFault(found.getFirst()).or(() -> methodFault(found.getFirst(), name[1]));
    }

    /** The source of a test as one line, and of what runs an abstract one. */
    String text(String test) throws IOException {
        if (test.startsWith("policies/")) {
            return Files.readString(policy(test));
        }
        return byName.getOrDefault(test.split("#", 2)[0], List.of()).stream()
                .flatMap(source -> Stream.concat(Stream.of(source), subclasses(source)))
                .map(TestSource::text)
                .collect(Collectors.joining(" "));
    }

    private Optional<String> classFault(TestSource source) {
        if (isSwitched(source.annotations())) {
            return Optional.of("the class is switched off, or only at times on");
        }
        var runs = source.isAbstract()
                ? subclasses(source).anyMatch(heir -> isRun(heir) && !isSwitched(heir.annotations()))
                : isRun(source);
        return runs ? Optional.empty() : Optional.of("no class that the build runs");
    }

    private Optional<String> methodFault(TestSource source, String name) {
        var method = source.methods().get(name);
        if (method == null) {
            return parent(source).map(parent -> methodFault(parent, name)).orElse(Optional.of("no such method"));
        }
        if (method.annotations().stream().noneMatch(TESTS::contains)) {
            return Optional.of("the method is no test");
        }
        if (isSwitched(method.annotations())) {
            return Optional.of("the method is switched off, or only at times on");
        }
        return method.body().contains("assume") ? Optional.of("the method may skip itself") : Optional.empty();
    }

    private static boolean isRun(TestSource source) {
        return !source.isAbstract() && RUN.matcher(source.name()).matches();
    }

    private static boolean isSwitched(List<String> annotations) {
        return annotations.stream().anyMatch(name -> SWITCH.matcher(name).matches());
    }

    private Optional<TestSource> parent(TestSource source) {
        return byName.getOrDefault(source.parent(), List.of()).stream().findFirst();
    }

    private Stream<TestSource> subclasses(TestSource source) {
        return byName.values().stream()
                .flatMap(List::stream)
                .filter(heir -> heir.parent().equals(source.name()));
    }

    private Optional<String> policyFault(String test) throws IOException {
        var name = test.substring("policies/".length());
        if (!Files.exists(policy(test)) || !Files.exists(root.resolve(test).resolve(name + ".yaml"))) {
            return Optional.of("no such policy, or it has no tests");
        }
        var tests = Files.readString(policy(test));
        if (!tests.contains("result: pass") || !tests.contains("result: fail")) {
            return Optional.of("its tests do not pass and fail");
        }
        return Files.readString(root.resolve("policies/kustomization.yaml"))
                        .lines()
                        .anyMatch(line -> line.strip().equals("- " + name))
                ? Optional.empty()
                : Optional.of("not in policies/kustomization.yaml");
    }

    private Path policy(String test) {
        return root.resolve(test).resolve(".kyverno-test/kyverno-test.yaml");
    }
}
