package io.nodeplane.plexd.registration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the bootstrap token: value, file, variable, instance metadata; the first source that has one wins (protocol facts 2.1). */
public final class TokenSources {
    private final RegistrationConfig config;
    private final Map<String, String> variables;
    private final InstanceMetadata metadata;

    public TokenSources(RegistrationConfig config, Map<String, String> variables, InstanceMetadata metadata) {
        this.config = config;
        this.variables = Map.copyOf(variables);
        this.metadata = metadata;
    }

    /**
     * A token and where it was.
     *
     * @param file to be deleted after use; empty unless the token came from a file
     */
    public record Found(BootstrapToken token, String source, Optional<Path> file) {}

    /**
     * The token.
     *
     * @throws RegistrationFailed when no source has one (all are listed), a source cannot be read, or the token is malformed
     */
    public Found find() throws RegistrationFailed, InterruptedException {
        var tried = new ArrayList<String>();
        var token = value(tried);
        if (token.isEmpty()) {
            token = file(tried);
        }
        if (token.isEmpty()) {
            token = variable(tried);
        }
        if (token.isEmpty()) {
            token = instanceMetadata(tried);
        }
        if (token.isEmpty()) {
            throw new RegistrationFailed("no bootstrap token found; sources tried: " + String.join("; ", tried));
        }
        return checked(token.get());
    }

    private record Candidate(String text, String source, Optional<Path> file) {}

    private Optional<Candidate> value(List<String> tried) {
        return candidate(config.tokenValue(), "registration.token_value", "not set", tried);
    }

    private Optional<Candidate> file(List<String> tried) throws RegistrationFailed {
        var path = config.tokenFile();
        var source = "file " + path;
        try {
            var text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip();
            return candidate(text, source, "empty", tried)
                    .map(found -> new Candidate(found.text(), source, Optional.of(path)));
        } catch (NoSuchFileException missing) {
            tried.add(source + " (not there)");
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new RegistrationFailed("bootstrap token " + source + " cannot be read: " + unreadable, unreadable);
        }
    }

    private Optional<Candidate> variable(List<String> tried) {
        var text = variables.getOrDefault(config.tokenEnv(), "").strip();
        return candidate(text, "variable " + config.tokenEnv(), "not set", tried);
    }

    private Optional<Candidate> instanceMetadata(List<String> tried) throws InterruptedException {
        if (!config.useMetadata()) {
            tried.add("instance metadata (registration.use_metadata is false)");
            return Optional.empty();
        }
        var source = "instance metadata " + config.metadataTokenPath();
        try {
            var text = metadata.read(config.metadataTokenPath(), config.metadataTimeout())
                    .strip();
            return candidate(text, source, "empty", tried);
        } catch (IOException failed) {
            tried.add(source + " (" + failed.getMessage() + ")");
            return Optional.empty();
        }
    }

    private static Optional<Candidate> candidate(String text, String source, String whenEmpty, List<String> tried) {
        if (text.isEmpty()) {
            tried.add(source + " (" + whenEmpty + ")");
            return Optional.empty();
        }
        return Optional.of(new Candidate(text, source, Optional.empty()));
    }

    private static Found checked(Candidate candidate) throws RegistrationFailed {
        try {
            return new Found(new BootstrapToken(candidate.text()), candidate.source(), candidate.file());
        } catch (IllegalArgumentException malformed) {
            throw new RegistrationFailed(candidate.source() + ": " + malformed.getMessage(), malformed);
        }
    }
}
