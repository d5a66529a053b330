package io.nodeplane.plexd.follow;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** One small file per name in a directory, replaced atomically: {@code <device:inode> <offset> <checksum>}. */
public final class FilePositions implements Positions {
    private final Path directory;

    /** Positions below a directory, which is made when the first one is saved. */
    public FilePositions(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<FilePosition> load(String name) {
        try {
            var parts = Files.readString(file(name), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return parts.length == 3
                    ? Optional.of(new FilePosition(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (IOException | NumberFormatException absentOrDamaged) {
            return Optional.empty();
        }
    }

    @Override
    public void save(String name, FilePosition position) throws IOException {
        var text = position.file() + " " + position.offset() + " " + position.tail() + "\n";
        AtomicFile.write(file(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Names are paths: a readable rest and a checksum make a file name of them. */
    private Path file(String name) {
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        var plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        var end = plain.length() > 60 ? plain.substring(plain.length() - 60) : plain;
        return directory.resolve(HexFormat.of().toHexDigits((int) crc.getValue()) + "-" + end);
    }
}
