package io.nodeplane.plexd.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** A place for an upload that the control plane named, found fit to be sent to (protocol facts 8.3). */
record UploadTarget(URI uri) {
    /**
     * The place.
     *
     * @param base of the control plane: output that would reach it encrypted never travels in clear
     * @throws ApiException.Malformed without the text, which holds a credential
     */
    static UploadTarget of(String url, URI base) throws ApiException.Malformed {
        var uri = parsed(url).orElseThrow(() -> malformed("expected an absolute http or https URL with a host"));
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw malformed("expected no user and no fragment");
        }
        if (scheme(base).equals("https") && !scheme(uri).equals("https")) {
            throw malformed("expected https, as api.base_url has it");
        }
        return new UploadTarget(uri);
    }

    /** For messages: where, without what lets one in. */
    String shown() {
        return "upload to " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** What must not be seen in any message. */
    String secret() {
        return uri.getRawQuery() == null ? "" : uri.getRawQuery();
    }

    private static Optional<URI> parsed(String url) {
        try {
            var uri = new URI(url);
            var isWeb = scheme(uri).equals("http") || scheme(uri).equals("https");
            return isWeb && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static ApiException.Malformed malformed(String expected) {
        return new ApiException.Malformed("upload URL: " + expected, null);
    }
}
