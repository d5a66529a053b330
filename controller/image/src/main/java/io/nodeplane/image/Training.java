package io.nodeplane.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs the agent and the mock control plane for a short while in containers of the images they will live in, so that the AOT caches
 * hold what a node needs: registration, TLS to an API server, list, watch and server-side apply, event stream, first flushes, probes.
 *
 * <p>Both, and an API server double, share one network that has a loopback only. Files go in and out by {@code docker cp}, so the
 * engine need not see our folders.
 *
 * @param folder scratch folder, of this checkout alone; its caches are what {@link #run} returns
 * @param node what the agent finds on a node, as it stands there: configuration, audit log
 * @param classes classes of this module, which hold the API server double
 */
record Training(Path folder, Path node, Path classes) {
    /** The program and the image to train it in, which carries no cache, and whose configuration asks for none. */
    record Trainee(Program program, String image, String cacheName) {}

    private static final String CACHES = "/aot";
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String KEY_PASSWORD = "training";

    /** What the double cannot bring about: it speaks HTTP/1.1 only, while an API server speaks HTTP/2. */
    private static final String HTTP_2 = "http2.classlist";

    /** Seconds for a program to end after SIGTERM. */
    private static final String STOP_LIMIT = "60";

    /** Trains both programs at once and puts the caches into {@code folder}. */
    void run(Trainee agent, Trainee mock) throws IOException {
        writeFiles();
        removeContainers();
        try {
            startMock(mock);
            startCluster(mock.image);
            startAgent(agent);
            awaitCluster();
            makeCache(agent, stop("agent", agent) + http2());
            makeCache(mock, stop("mock", mock));
        } finally {
            removeContainers();
        }
    }

    private void startMock(Trainee mock) {
        create(
                "mock",
                mock.image,
                List.of("--network", "none", "--user", "0", "--env", recording(mock)),
                List.of("--addr", ":8080"));
        copyIn(files("mock"), "mock");
        start("mock");
    }

    private void startCluster(String image) {
        var java = Program.HOME + "/lib/runtime/bin/java";
        var options = Stream.concat(besideMock(), Stream.of("--user", "0", "--entrypoint", java))
                .toList();
        create(
                "cluster",
                image,
                options,
                List.of(
                        "-Xmx64m",
                        "-cp",
                        "/classes",
                        "io.nodeplane.image.training.Cluster",
                        "/keys.p12",
                        KEY_PASSWORD));
        Tool.DOCKER.run("cp", classes.toString(), container("cluster") + ":/classes");
        copyIn(files("cluster"), "cluster");
        start("cluster");
    }

    private void startAgent(Trainee agent) {
        var environment = Stream.of(
                        recording(agent),
                        "MY_NODE_NAME=training",
                        "PLEXD_BOOTSTRAP_TOKEN=training",
                        "KUBERNETES_SERVICE_HOST=127.0.0.1",
                        "KUBERNETES_SERVICE_PORT=6443")
                .flatMap(variable -> Stream.of("--env", variable));
        create(
                "agent",
                agent.image,
                Stream.concat(besideMock(), environment).toList(),
                List.of("up", "--config", "/etc/plexd/config.yaml"));
        copyIn(node, "agent");
        copyIn(files("agent"), "agent");
        start("agent");
    }

    /** The double ends by itself: with 0 once the agent was ready and has worked for a while. */
    private void awaitCluster() {
        var code = Tool.DOCKER.run("wait", container("cluster"));
        if (!code.equals("0")) {
            throw new IllegalStateException(
                    "training: the agent did not become ready\n" + Tool.DOCKER.run("logs", container("cluster")) + "\n"
                            + Tool.DOCKER.run("logs", container("agent")));
        }
    }

    /** Ends a program; the list of classes that it leaves. */
    private String stop(String role, Trainee trainee) throws IOException {
        Tool.DOCKER.run("stop", "--time", STOP_LIMIT, container(role));
        var list = list(trainee);
        copyOut(role, CACHES + "/" + list.getFileName(), list, trainee);
        return Files.readString(list);
    }

    /**
     * Makes the cache from a list of classes, in a container of the same image. Caches of the newer kind ({@code AOTCacheOutput})
     * hold lambdas only together with classes that are linked ahead of time; DESIGN.md has the figures.
     */
    private void makeCache(Trainee trainee, String list) throws IOException {
        var name = list(trainee).getFileName().toString();
        Files.writeString(files("cache").resolve(CACHES.substring(1)).resolve(name), list);
        var java = Program.HOME + "/lib/runtime/bin/java";
        var cache = CACHES + "/" + trainee.cacheName;
        var options = Stream.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + CACHES + "/" + name,
                "-XX:SharedArchiveFile=" + cache,
                "-cp",
                trainee.program.classPath());
        create(
                "cache",
                trainee.image,
                List.of("--network", "none", "--user", "0", "--entrypoint", java),
                Stream.concat(trainee.program.flags().stream(), options).toList());
        copyIn(files("cache"), "cache");
        start("cache");
        Tool.DOCKER.run("wait", container("cache"));
        copyOut("cache", cache, folder.resolve(trainee.cacheName), trainee);
        Tool.DOCKER.run("rm", container("cache"));
    }

    private void copyOut(String role, String from, Path to, Trainee trainee) {
        var copied = Tool.DOCKER.attempt("cp", container(role) + ":" + from, to.toString());
        if (copied.code() != 0) {
            throw new IllegalStateException("training: " + trainee.program.name() + " left no " + from + ": "
                    + copied.output() + "\n" + Tool.DOCKER.run("logs", container(role)));
        }
    }

    private Path list(Trainee trainee) {
        return folder.resolve(trainee.cacheName + ".classlist");
    }

    private static String http2() throws IOException {
        try (var names = Training.class.getResourceAsStream(HTTP_2)) {
            return new String(Objects.requireNonNull(names, HTTP_2).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A service account as the kubelet mounts it, the key of the API server double, and folders for the caches. */
    private void writeFiles() throws IOException {
        var account = Files.createDirectories(Path.of(files("agent") + SERVICE_ACCOUNT));
        for (var role : List.of("agent", "mock", "cache")) {
            Files.createDirectories(Path.of(files(role) + CACHES));
        }
        var keys = Files.createDirectories(files("cluster")).resolve("keys.p12");
        Files.deleteIfExists(keys);
        keytool(keys, "-genkeypair -keyalg RSA -dname CN=training -ext san=ip:127.0.0.1 -validity 2");
        Files.writeString(account.resolve("ca.crt"), keytool(keys, "-exportcert -rfc") + "\n");
        Files.writeString(account.resolve("token"), "training");
        Files.writeString(account.resolve("namespace"), "plexd-system");
    }

    private static String keytool(Path keys, String options) {
        var arguments =
                (options + " -alias server -storetype PKCS12 -storepass " + KEY_PASSWORD + " -keystore").split(" ");
        var keytool = new Tool(System.getProperty("java.home") + "/bin/keytool", "expected a full JDK 25");
        return keytool.run(
                Stream.concat(Stream.of(arguments), Stream.of(keys.toString())).toArray(String[]::new));
    }

    /** What goes into the root folder of a container. */
    private Path files(String role) {
        return folder.resolve("training").resolve(role);
    }

    private static String recording(Trainee trainee) {
        return "JAVA_TOOL_OPTIONS=-XX:DumpLoadedClassList=" + CACHES + "/" + trainee.cacheName + ".classlist";
    }

    private Stream<String> besideMock() {
        return Stream.of("--network", "container:" + container("mock"));
    }

    private void create(String role, String image, List<String> options, List<String> arguments) {
        var command = Stream.of(List.of("create", "--name", container(role)), options, List.of(image), arguments)
                .flatMap(List::stream);
        Tool.DOCKER.run(command.toArray(String[]::new));
    }

    private void copyIn(Path tree, String role) {
        Tool.DOCKER.run("cp", tree + "/.", container(role) + ":/");
    }

    private void start(String role) {
        Tool.DOCKER.run("start", container(role));
    }

    /** Also those of an earlier build of this checkout that was cut short. */
    private void removeContainers() {
        Tool.DOCKER.attempt(
                "rm", "--force", container("agent"), container("cache"), container("cluster"), container("mock"));
    }

    private String container(String role) {
        return "nodeplane-training-" + Digest.of(folder.toAbsolutePath().toString()) + "-" + role;
    }
}
