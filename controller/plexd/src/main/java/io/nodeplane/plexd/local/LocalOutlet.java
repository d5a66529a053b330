package io.nodeplane.plexd.local;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.pipeline.Outlet;
import io.nodeplane.plexd.pipeline.RecordJson;
import io.nodeplane.plexd.secrets.SecretCache;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Posts batches to an endpoint inside the cluster: JSON array, uncompressed, with a bearer that the control plane keeps
 * (protocol facts 6.1, seed 004 phase 10). Thread-safe.
 *
 * @param <R> the record
 */
public final class LocalOutlet<R> implements Outlet<R> {
    private final LocalEndpointConfig config;
    private final LocalClient client;
    private final SecretCache secrets;
    private final RecordJson<R> json;

    /**
     * An outlet to one endpoint.
     *
     * @param client made with the endpoint's own {@code tlsInsecureSkipVerify}
     */
    public LocalOutlet(LocalEndpointConfig config, LocalClient client, SecretCache secrets, RecordJson<R> json) {
        this.config = config;
        this.client = client;
        this.secrets = secrets;
        this.json = json;
    }

    @Override
    public void send(List<R> batch) throws ApiException, InterruptedException {
        var body = json.array(batch);
        var bearer = bearer();
        var status = post(body, bearer);
        if (status == 401 || status == 403) {
            // The secret may have been rotated since it was fetched: ask once for a newer one.
            secrets.refused(config.secretKey(), bearer);
            status = post(body, bearer());
        }
        throwUnlessAccepted(status);
    }

    private String bearer() throws ApiException, InterruptedException {
        String plaintext;
        try {
            plaintext = secrets.get(config.secretKey()).strip();
        } catch (ApiException failed) {
            throw failed;
        } catch (IOException unusable) {
            throw new ApiException.Unreachable(config.url() + " needs a credential: " + unusable.getMessage(), null);
        }
        // Checked here because the HTTP client puts a value it does not like into its message.
        if (plaintext.isEmpty() || !plaintext.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ApiException.Unreachable(
                    "secret " + config.secretKey() + " is no bearer token: expected printable ASCII without spaces",
                    null);
        }
        return plaintext;
    }

    private int post(byte[] body, String bearer) throws ApiException, InterruptedException {
        var request = HttpRequest.newBuilder(config.url())
                .timeout(LocalClient.TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + bearer)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.http()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException failed) {
            throw new ApiException.Unreachable("POST " + config.url() + " failed: " + failed, failed);
        }
    }

    private void throwUnlessAccepted(int status) throws ApiException {
        if (status / 100 == 2) {
            return;
        }
        var message = "POST " + config.url() + " answered " + status;
        switch (status) {
            case 401 -> throw new ApiException.Unauthorized(message);
            case 429 -> throw new ApiException.RateLimited(Duration.ZERO, message);
            default -> {
                if (status >= 500) {
                    throw new ApiException.ServerFault(status, message);
                }
                throw new ApiException.Rejected(status, message);
            }
        }
    }
}
