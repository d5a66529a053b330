package io.nodeplane.plexd.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * One answer, and what it means (protocol facts 3.1, status classes).
 *
 * @param request method and path, for messages
 * @param secret the credential that was sent: an answer that echoes it must not carry it into a message
 */
record Answer(String request, String secret, int status, HttpHeaders headers, BoundedBody.Content content) {
    /**
     * Bodies above this are refused, measured after gunzip. Upstream's 10 MiB (protocol facts 3.1) do not fit the agent's heap
     * of 48 MiB, of which a body needs six times its size until it is applied; a state of 10,000 peers has 3 MiB.
     */
    static final int MAX_BODY = 4 * 1024 * 1024;

    /** Bytes of an error's body that are read at all. */
    static final int MAX_ERROR_BODY = 4096;

    private static final int MAX_EXCERPT = 200;
    private static final String PROBLEM = "application/problem+json";

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
        var text = text();
        var problem = problem(text);
        var message = request + ": status " + status + excerpt(problem.equals(Problem.NONE) ? text : problem.text());
        if (status >= 500) {
            return new ApiException.ServerFault(status, message, problem);
        }
        if (status / 100 == 3) {
            return new ApiException.Rejected(status, message + " (redirects are not followed: set api.base_url)");
        }
        return switch (status) {
            case 401 -> new ApiException.Unauthorized(message, problem);
            case 429 -> new ApiException.RateLimited(pause, message, problem);
            default -> new ApiException.Rejected(status, message, problem);
        };
    }

    private Problem problem(String text) {
        var type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith(PROBLEM)
                ? Problem.read(
                        text.getBytes(StandardCharsets.UTF_8),
                        headers.firstValue("X-Correlation-Id").orElse(""))
                : Problem.NONE;
    }

    private ApiException.Malformed tooLong() {
        return new ApiException.Malformed(request + ": answer is longer than " + MAX_BODY + " bytes", null);
    }

    private boolean isGzip() {
        return headers.firstValue("Content-Encoding").orElse("").strip().equalsIgnoreCase("gzip");
    }

    /** The body as text, plain and without the credential. */
    private String text() {
        var bytes = isGzip() ? Gzip.expandPrefix(content.bytes(), MAX_ERROR_BODY) : content.bytes();
        var text = new String(bytes, StandardCharsets.UTF_8);
        return secret.isEmpty() ? text : text.replace(secret, "[masked]");
    }

    /** Printable start of a text on one line, or nothing. */
    private static String excerpt(String text) {
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
