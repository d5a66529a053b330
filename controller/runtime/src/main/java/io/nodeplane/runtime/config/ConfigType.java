package io.nodeplane.runtime.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a value is spelled in a file and in a variable or flag.
 *
 * @param name for tables
 * @param expected for messages, for example {@code a duration such as 10s or 1m30s}
 * @param fromNode value of a YAML node, empty when the node is of another type
 * @param fromText value of a variable or flag, empty when it cannot be read
 * @param print the inverse, for tables and the start-up line
 */
public record ConfigType<T>(
        String name,
        String expected,
        Function<ConfigNode, Optional<T>> fromNode,
        Function<String, Optional<T>> fromText,
        Function<T, String> print) {
    private static final Set<ConfigNode.Kind> TEXT_ONLY = EnumSet.of(ConfigNode.Kind.TEXT);

    /** Text; a number is taken as it is written. */
    public static final ConfigType<String> TEXT = scalar(
            "text", "a text", EnumSet.of(ConfigNode.Kind.TEXT, ConfigNode.Kind.NUMBER), Optional::of, text -> text);

    /** A Go duration, not negative. */
    public static final ConfigType<Duration> DURATION = scalar(
            "duration",
            "a duration such as 500ms, 10s or 1m30s, not negative",
            TEXT_ONLY,
            text -> GoDuration.parse(text).filter(duration -> !duration.isNegative()),
            GoDuration::format);

    /** A whole number. */
    public static final ConfigType<Integer> WHOLE_NUMBER = scalar(
            "whole number",
            "a whole number",
            EnumSet.of(ConfigNode.Kind.NUMBER),
            ConfigType::wholeNumber,
            String::valueOf);

    /** True or false; variables and flags may use the Go spellings 1, t, T, TRUE, true, True and their opposites. */
    public static final ConfigType<Boolean> BOOLEAN =
            scalar("boolean", "true or false", EnumSet.of(ConfigNode.Kind.BOOLEAN), ConfigType::truth, String::valueOf);

    /** A file or directory. */
    public static final ConfigType<Path> PATH = scalar("path", "a path", TEXT_ONLY, ConfigType::path, Path::toString);

    /** An absolute http or https URL with a host, without credentials; a trailing slash is dropped. */
    public static final ConfigType<URI> HTTP_URL = scalar(
            "URL",
            "an http or https URL with a host and without user name or password",
            TEXT_ONLY,
            ConfigType::httpUrl,
            URI::toString);

    /** A list of texts; in a variable or flag separated by commas. */
    public static final ConfigType<List<String>> TEXTS = new ConfigType<>(
            "list of text",
            "a list of texts",
            ConfigType::texts,
            text -> Optional.of(List.of(text.split(",", -1))),
            list -> list.isEmpty() ? "none" : String.join(",", list));

    /** Free labels. */
    public static final ConfigType<Map<String, String>> LABELS = new ConfigType<>(
            "map of text", "a section of texts", ConfigType::labels, _ -> Optional.empty(), ConfigType::printLabels);

    /** {@code host:port}, port 0 to 65535; kept unresolved. */
    public static final ConfigType<InetSocketAddress> HOST_PORT = scalar(
            "host:port",
            "host:port such as 127.0.0.1:9101",
            TEXT_ONLY,
            ConfigType::hostPort,
            address -> address.getHostString() + ":" + address.getPort());

    /** A section whose content nobody reads yet. */
    public static final ConfigType<ConfigNode> SECTION = new ConfigType<>(
            "section",
            "a section with keys",
            node -> node instanceof ConfigNode.Mapping ? Optional.of(node) : Optional.empty(),
            _ -> Optional.empty(),
            ConfigNode::described);

    /** One of some words. */
    public static <E> ConfigType<E> oneOf(Map<String, E> words) {
        var expected = "one of " + String.join(", ", words.keySet());
        return scalar(
                "word",
                expected,
                EnumSet.of(ConfigNode.Kind.TEXT),
                text -> Optional.ofNullable(words.get(text)),
                value -> words.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(String.valueOf(value)));
    }

    private static <T> ConfigType<T> scalar(
            String name,
            String expected,
            Set<ConfigNode.Kind> kinds,
            Function<String, Optional<T>> fromText,
            Function<T, String> print) {
        return new ConfigType<>(
                name,
                expected,
                node -> node instanceof ConfigNode.Scalar scalar && kinds.contains(scalar.kind())
                        ? fromText.apply(scalar.text())
                        : Optional.empty(),
                fromText,
                print);
    }

    private static Optional<Integer> wholeNumber(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<InetSocketAddress> hostPort(String text) {
        var colon = text.lastIndexOf(':');
        var port = colon < 1 ? Optional.<Integer>empty() : wholeNumber(text.substring(colon + 1));
        return port.filter(number -> number >= 0 && number <= 65_535)
                .map(number -> InetSocketAddress.createUnresolved(text.substring(0, colon), number));
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException invalid) {
            return Optional.empty();
        }
    }

    private static Optional<URI> httpUrl(String text) {
        try {
            var end = text.length();
            while (end > 0 && text.charAt(end - 1) == '/') {
                end--;
            }
            var url = new URI(text.substring(0, end));
            var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return isHttp && url.getHost() != null && url.getRawUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException invalid) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> texts(ConfigNode node) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            return Optional.empty();
        }
        var items = sequence.items();
        var texts = items.stream()
                .flatMap(item -> TEXT.fromNode().apply(item).stream())
                .toList();
        return texts.size() == items.size() ? Optional.of(texts) : Optional.empty();
    }

    private static Optional<Map<String, String>> labels(ConfigNode node) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return Optional.empty();
        }
        var labels = new LinkedHashMap<String, String>();
        mapping.members().forEach((key, item) -> {
            if (item instanceof ConfigNode.Scalar scalar && scalar.kind() != ConfigNode.Kind.NULL) {
                labels.put(key, scalar.text());
            }
        });
        return labels.size() == mapping.members().size() ? Optional.of(labels) : Optional.empty();
    }

    private static String printLabels(Map<String, String> labels) {
        return labels.isEmpty()
                ? "none"
                : labels.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
