package io.nodeplane.plexd.seed;

import io.nodeplane.plexd.http.ApiException;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Members of one object that was read, by name; what was absent is the type's empty value.
 *
 * @param at where faults are told
 */
record Fields(Map<String, Object> values, JsonReader at) {
    String text(String name) {
        return (String) values.getOrDefault(name, "");
    }

    /** A string that must be there. */
    String required(String name) throws IOException {
        var text = text(name);
        if (text.isEmpty()) {
            throw at.fault("expected a non-empty member " + name);
        }
        return text;
    }

    long whole(String name) {
        return (Long) values.getOrDefault(name, 0L);
    }

    boolean flag(String name) {
        return (Boolean) values.getOrDefault(name, false);
    }

    /** The exact bytes of a value, if there was one. */
    Optional<byte[]> raw(String name) {
        return Optional.ofNullable((byte[]) values.get(name));
    }

    Optional<OffsetDateTime> time(String name) {
        return values.get(name) instanceof Optional<?> time ? time.map(OffsetDateTime.class::cast) : Optional.empty();
    }

    Instant instant(String name) {
        return time(name).map(OffsetDateTime::toInstant).orElse(Instant.EPOCH);
    }

    <T> List<T> list(String name, Class<T> type) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(type::cast).toList()
                : List.of();
    }

    /** Bytes in standard base64, of which there must be at least some number. */
    byte[] base64(String name, int atLeast) throws ApiException.Malformed {
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
