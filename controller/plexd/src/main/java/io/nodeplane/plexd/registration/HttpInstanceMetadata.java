package io.nodeplane.plexd.registration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Instance metadata over HTTP: session token first (IMDSv2), without one when the service gives none (IMDSv1); protocol
 * facts 2.1.
 */
public final class HttpInstanceMetadata implements InstanceMetadata {
    /** The link-local address that clouds agree on. */
    public static final URI ADDRESS = URI.create("http://169.254.169.254");

    private static final int MAX_BYTES = 4096;
    private final URI base;

    public HttpInstanceMetadata(URI base) {
        this.base = base;
    }

    @Override
    public String read(String path, Duration timeout) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            var request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
            session(client, timeout).ifPresent(token -> request.header("X-aws-ec2-metadata-token", token));
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                return new String(body.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private Optional<String> session(HttpClient client, Duration timeout) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(base.resolve("/latest/api/token"))
                    .timeout(timeout)
                    .header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                var token = new String(body.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1).strip();
                return answer.statusCode() == 200 && !token.isEmpty() ? Optional.of(token) : Optional.empty();
            }
        } catch (IOException oldService) {
            return Optional.empty();
        }
    }
}
