package io.nodeplane.plexd.follow;

/**
 * How far a file was read.
 *
 * @param file device and inode, for example {@code 259:1837}: survives a rename
 * @param offset bytes that were read, up to behind a line break
 * @param tail checksum of the last bytes before the offset: tells a file that was emptied and has grown again, and an inode
 *     that was reused
 */
public record FilePosition(String file, long offset, long tail) {}
