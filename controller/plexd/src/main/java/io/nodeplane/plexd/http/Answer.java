package io.nodeplane.plexd.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One answer, and what it means (protocol facts 3.1, status classes).
 *
 * @param request method and path, for messages
 * @param secret the credential that was sent: an answer that echoes it must not carry it into a message
 */
record Answer(String request, String secret, int status, HttpHeaders headers, BoundedBody.Content content) {
    /** Bodies above this are refused, measured after gunzip. */
    static final int MAX_BODY = 10 * 1024 * 1024;

    /** Bytes of an error's body that are read at all. */
    static final int MAX_ERROR_BODY = 4096;

    private static final int MAX_EXCERPT = 200;

    static int limit(int status) {
        return status / 100 == 2 ? MAX_BODY : MAX_ERROR_BODY;
    }

    /** The plain body of a 2xx answer. */
    byte[] body(Instant now) throws ApiException {
        if (status / 100 != 2) {
            throw failure(now);
        }
        if (content.cut()) {
            throw tooLong();
        }
        if (!isGzip() || content.bytes().length == 0) {
            return content.bytes();
        }
        try {
            var plain = Gzip.expand(content.bytes(), MAX_BODY);
            if (plain.length > MAX_BODY) {
                throw tooLong();
            }
            return plain;
        } catch (ApiException known) {
            throw known;
        } catch (IOException broken) {
            throw new ApiException.Malformed(request + ": answer is no valid gzip", broken);
        }
    }

    /** Why this answer, which is no 2xx, is of no use. */
    ApiException failure(Instant now) {
        var pause = RetryAfter.pause(headers.firstValue("Retry-After").orElse(""), now);
        var message = request + ": status " + status + excerpt();
        if (status >= 500) {
            return new ApiException.ServerFault(status, message);
        }
        if (status / 100 == 3) {
            return new ApiException.Rejected(status, message + " (redirects are not followed: set api.base_url)");
        }
        return switch (status) {
            case 401 -> new ApiException.Unauthorized(message);
            case 429 -> new ApiException.RateLimited(pause, message);
            default -> new ApiException.Rejected(status, message);
        };
    }

    private ApiException.Malformed tooLong() {
        return new ApiException.Malformed(request + ": answer is longer than " + MAX_BODY + " bytes", null);
    }

    private boolean isGzip() {
        return headers.firstValue("Content-Encoding").orElse("").strip().equalsIgnoreCase("gzip");
    }

    /** Printable start of the body on one line, or nothing. */
    private String excerpt() {
        var bytes = isGzip() ? Gzip.expandPrefix(content.bytes(), MAX_ERROR_BODY) : content.bytes();
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (!secret.isEmpty()) {
            text = text.replace(secret, "[masked]");
        }
        var line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return "";
        }
        var shortened = line.length() > MAX_EXCERPT ? line.substring(0, MAX_EXCERPT) + "…" : line;
        return ": " + shortened;
    }

    @Override
    public String toString() {
        return "Answer[" + request + ", " + status + "]";
    }
}
