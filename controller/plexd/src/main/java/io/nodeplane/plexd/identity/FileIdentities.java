package io.nodeplane.plexd.identity;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity as files of the data directory, mode 0600 (protocol facts 2.5).
 *
 * <p>{@code identity.json} is the commit: it goes first when a set is replaced and comes last, so that whatever a crash
 * leaves, the files count only together with the one that was written after all of them.
 *
 * <p>Two threads change it: events bring signing keys, rotations bring mesh keys; each of them rewrites the commit.
 */
public final class FileIdentities implements Identities, StagedMeshKeys {
    private static final Logger LOG = LoggerFactory.getLogger(FileIdentities.class);
    /** Name of the file that is written last. */
    public static final String COMMIT = "identity.json";

    private static final String PRIVATE_KEY = "private_key";
    private static final String PENDING_KEY = "rotation_pending_key";
    private static final String SECRET_KEY = "node_secret_key";
    private static final String SIGNING_KEY = "signing_public_key";
    private static final List<String> SET = List.of(COMMIT, PRIVATE_KEY, SECRET_KEY, SIGNING_KEY);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Room that storing an identity needs, several times over. */
    private static final int PROBE_BYTES = 64 * 1024;

    private final Path directory;
    private final Clock clock;

    public FileIdentities(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Optional<Identity> load() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        deleteStagedLeftovers();
        try {
            return Optional.of(read());
        } catch (NoSuchFileException missing) {
            return absent(missing);
        } catch (CorruptFile corrupt) {
            setAsideAll("corrupt", String.valueOf(corrupt.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void prepare() throws IOException {
        var probe = directory.resolve(".probe");
        try {
            AtomicFile.write(probe, new byte[PROBE_BYTES]);
            AtomicFile.delete(probe);
        } catch (IOException unusable) {
            throw new IOException(
                    "data directory " + directory + " cannot take an identity: " + reason(unusable), unusable);
        }
    }

    @Override
    public synchronized void store(Identity identity, MeshKey meshKey) throws IOException {
        try {
            if (Files.exists(directory.resolve(COMMIT))) {
                setAside(COMMIT, "rejected");
            }
            // It belongs to the identity that is replaced.
            drop();
            write(PRIVATE_KEY, meshKey.privateText());
            write(SECRET_KEY, identity.secretKey().text());
            write(SIGNING_KEY, identity.signingKey().text());
            writeCommit(IdentityJson.of(identity, ""));
        } catch (IOException failed) {
            throw new IOException(
                    "identity of node " + identity.nodeId() + " cannot be stored in " + directory + ": "
                            + reason(failed),
                    failed);
        }
    }

    @Override
    public synchronized void replaceSigningKey(SigningKey signingKey) throws IOException {
        var json = IdentityJson.parse(Files.readAllBytes(directory.resolve(COMMIT)));
        // A crash in between leaves two keys, see signingKey().
        write(SIGNING_KEY, signingKey.text());
        writeCommit(json.with(signingKey));
    }

    @Override
    public Optional<MeshKey> staged() throws IOException {
        try {
            return Optional.of(key(PENDING_KEY, MeshKey::new));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (CorruptFile useless) {
            setAside(PENDING_KEY, "corrupt");
            return Optional.empty();
        }
    }

    @Override
    public void stage(MeshKey next) throws IOException {
        write(PENDING_KEY, next.privateText());
    }

    @Override
    public synchronized void promote(MeshKey accepted) throws IOException {
        var json = IdentityJson.parse(Files.readAllBytes(directory.resolve(COMMIT)));
        write(PRIVATE_KEY, accepted.privateText());
        writeCommit(json.rotatedAt(clock.instant().toString()));
        // Last: a crash before repeats the offer with the same key, which the control plane answers in the same way.
        drop();
    }

    @Override
    public void drop() throws IOException {
        AtomicFile.delete(directory.resolve(PENDING_KEY));
    }

    @Override
    public void forget() throws IOException {
        // The commit first: what a crash leaves of the rest counts for nothing without it.
        for (var name : SET) {
            AtomicFile.delete(directory.resolve(name));
        }
        drop();
    }

    /** A file whose content cannot be used; the message names it. */
    private static final class CorruptFile extends IOException {
        private static final long serialVersionUID = 1;

        CorruptFile(String name, Exception cause) {
            // The cause of a broken key may quote it: only its own words for the commit file, which holds no secret.
            super(name + (name.equals(COMMIT) ? " (" + cause.getMessage() + ")" : " has no usable key"));
        }
    }

    private Identity read() throws IOException {
        var json = commit();
        var secretKey = key(SECRET_KEY, NodeSecretKey::new);
        key(PRIVATE_KEY, MeshKey::new);
        return new Identity(
                new NodeId(json.nodeId()),
                json.meshIp(),
                signingKey(json),
                secretKey,
                json.wireContract(),
                json.meshCidr());
    }

    private IdentityJson commit() throws IOException {
        var bytes = Files.readAllBytes(directory.resolve(COMMIT));
        try {
            var json = IdentityJson.parse(bytes);
            Identity.check(new NodeId(json.nodeId()), json.wireContract());
            return json;
        } catch (IOException | IllegalArgumentException broken) {
            throw new CorruptFile(COMMIT, broken);
        }
    }

    /**
     * The file wins over the member of {@code identity.json} (protocol facts 2.5), unless that one has a name: the file
     * holds none, and a key under another key's name would verify nothing.
     */
    private SigningKey signingKey(IdentityJson json) throws IOException {
        var file = key(SIGNING_KEY, SigningKey::new);
        if (file.text().equals(json.signingPublicKey())) {
            return new SigningKey(json.signingKeyId(), file.text());
        }
        var isNamed = !json.signingKeyId().isEmpty();
        LOG.atWarn()
                .addKeyValue("directory", directory)
                .addKeyValue("used", isNamed ? COMMIT : SIGNING_KEY)
                .log("signing_public_key differs from identity.json");
        return isNamed ? named(json) : file;
    }

    private static SigningKey named(IdentityJson json) throws CorruptFile {
        try {
            return new SigningKey(json.signingKeyId(), json.signingPublicKey());
        } catch (IllegalArgumentException broken) {
            throw new CorruptFile(COMMIT, broken);
        }
    }

    private interface KeyText<K> {
        K parse(String text);
    }

    private <K> K key(String name, KeyText<K> type) throws IOException {
        var text = new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8);
        try {
            return type.parse(text.strip());
        } catch (IllegalArgumentException broken) {
            throw new CorruptFile(name, broken);
        }
    }

    /** Without the commit there is nothing; with it, a key is missing that belongs to it. */
    private Optional<Identity> absent(NoSuchFileException missing) throws IOException {
        if (Files.exists(directory.resolve(COMMIT))) {
            setAsideAll("corrupt", Path.of(missing.getFile()).getFileName() + " is missing");
        }
        return Optional.empty();
    }

    private void setAsideAll(String why, String reason) throws IOException {
        LOG.atWarn()
                .addKeyValue("directory", directory)
                .addKeyValue("reason", reason)
                .log("identity is corrupt, its files are set aside and the node registers anew");
        for (var name : SET) {
            if (Files.exists(directory.resolve(name))) {
                setAside(name, why);
            }
        }
    }

    private void setAside(String name, String why) throws IOException {
        var stamp = name + "." + why + "-" + STAMP.format(clock.instant());
        var aside = directory.resolve(stamp);
        for (var count = 2; Files.exists(aside); count++) {
            aside = directory.resolve(stamp + "-" + count);
        }
        Files.move(directory.resolve(name), aside, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncDirectory(directory);
        LOG.atWarn()
                .addKeyValue("file", directory.resolve(name))
                .addKeyValue("kept_as", aside)
                .log("file set aside");
    }

    private void deleteStagedLeftovers() throws IOException {
        try (var leftovers = Files.newDirectoryStream(directory, ".tmp-*")) {
            for (var leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private void write(String name, String text) throws IOException {
        AtomicFile.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeCommit(IdentityJson json) throws IOException {
        AtomicFile.write(directory.resolve(COMMIT), json.bytes());
    }

    private static String reason(IOException failed) {
        return failed instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : failed.toString();
    }
}
