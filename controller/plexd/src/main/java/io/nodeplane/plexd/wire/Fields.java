package io.nodeplane.plexd.wire;

import io.nodeplane.plexd.http.ApiException;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Members of one object that was read, by name; what was absent is the type's empty value.
 *
 * @param at where faults are told
 */
public record Fields(Map<String, Object> values, JsonReader at) {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    /** A string, empty when absent. */
    public String text(String name) {
        return (String) values.getOrDefault(name, "");
    }

    /** A string that must be there. */
    public String required(String name) throws IOException {
        var text = text(name);
        if (text.isEmpty()) {
            throw at.fault("expected a non-empty member " + name);
        }
        return text;
    }

    /** A string that must be there and make a value; the value's own words tell what is wrong with it. */
    public <T> T value(String name, Function<String, T> type) throws IOException {
        var text = required(name);
        try {
            return type.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw at.fault("member " + name + ": " + wrong.getMessage());
        }
    }

    /** A dotted IPv4 address that must be there. */
    public String ipv4(String name) throws IOException {
        var text = required(name);
        if (!IPV4.matcher(text).matches()) {
            throw at.fault("expected member " + name + " as dotted IPv4");
        }
        return text;
    }

    /** A map of strings, empty when absent. */
    public Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        if (values.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put((String) key, (String) value));
        }
        return texts;
    }

    /** A whole number, 0 when absent. */
    public long whole(String name) {
        return (Long) values.getOrDefault(name, 0L);
    }

    /** A boolean, false when absent. */
    public boolean flag(String name) {
        return (Boolean) values.getOrDefault(name, false);
    }

    /** The exact bytes of a value, if there was one. */
    public Optional<byte[]> raw(String name) {
        return Optional.ofNullable((byte[]) values.get(name));
    }

    /** A time. */
    public Optional<OffsetDateTime> time(String name) {
        return values.get(name) instanceof Optional<?> time ? time.map(OffsetDateTime.class::cast) : Optional.empty();
    }

    /** A time, the epoch when absent. */
    public Instant instant(String name) {
        return time(name).map(OffsetDateTime::toInstant).orElse(Instant.EPOCH);
    }

    /** The elements of an array, none when absent. */
    public <T> List<T> list(String name, Class<T> type) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(type::cast).toList()
                : List.of();
    }

    /** Bytes in standard base64, of which there must be at least some number. */
    public byte[] base64(String name, int atLeast) throws ApiException.Malformed {
        try {
            var bytes = Base64.getDecoder().decode(text(name));
            if (bytes.length >= atLeast) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw at.fault("expected member " + name + " in base64");
        }
        throw at.fault("expected member " + name + " with at least " + atLeast + " bytes");
    }

    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
