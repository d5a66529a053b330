package io.nodeplane.plexd.secrets;

import java.io.IOException;

/** A secret that was given but cannot be used; the message names it and tells nothing about its content. */
public final class SecretUnavailable extends IOException {
    private static final long serialVersionUID = 1;

    SecretUnavailable(String message) {
        super(message);
    }
}
