package io.nodeplane.plexd.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request brought no usable answer, by what the caller should do about it (protocol facts 3.1, status classes).
 *
 * <p>Messages name method, path and status, and at most an excerpt of the answer's body; never a credential.
 */
public abstract sealed class ApiException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    private ApiException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = Problem.NONE;
    }

    private ApiException(String message, Problem problem) {
        super(message);
        this.problem = problem;
    }

    /** What the answer said of itself; {@link Problem#NONE} without an answer. */
    public Problem problem() {
        return problem;
    }

    /** Whether the answer carried this code (protocol facts 3.4). */
    public boolean has(String code) {
        return problem.code().equals(code);
    }

    /** Whether the same bytes may succeed later. */
    public boolean retryable() {
        return switch (this) {
            case Unreachable _, ServerFault _, RateLimited _ -> true;
            case Unauthorized _, Rejected _, Malformed _ -> false;
        };
    }

    /** 501: the control plane knows the call and does not offer it, perhaps later (protocol facts 11.3). */
    public boolean isNotProvisioned() {
        return this instanceof ServerFault fault && fault.status() == 501;
    }

    /** One word for metrics and logs, for example {@code unreachable}. */
    public String kind() {
        return switch (this) {
            case Unreachable _ -> "unreachable";
            case ServerFault _ -> "server_fault";
            case RateLimited _ -> "rate_limited";
            case Unauthorized _ -> "unauthorized";
            case Rejected _ -> "rejected";
            case Malformed _ -> "malformed";
        };
    }

    /** The server's own wish for a pause, if it told one. */
    public Optional<Duration> retryAfter() {
        return this instanceof RateLimited limited ? limited.pause() : Optional.empty();
    }

    /** No answer: connection refused, cut, timed out, TLS failure. */
    public static final class Unreachable extends ApiException {
        private static final long serialVersionUID = 1;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** 5xx. */
    public static final class ServerFault extends ApiException {
        private static final long serialVersionUID = 1;
        private final int status;

        public ServerFault(int status, String message) {
            this(status, message, Problem.NONE);
        }

        public ServerFault(int status, String message, Problem problem) {
            super(message, problem);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** 429, with the pause of {@code Retry-After} in seconds or as an HTTP date. */
    public static final class RateLimited extends ApiException {
        private static final long serialVersionUID = 1;
        private final @Nullable Duration pause;

        public RateLimited(@Nullable Duration pause, String message) {
            this(pause, message, Problem.NONE);
        }

        public RateLimited(@Nullable Duration pause, String message, Problem problem) {
            super(message, problem);
            this.pause = pause;
        }

        public Optional<Duration> pause() {
            return Optional.ofNullable(pause);
        }
    }

    /** 401: the credential is not accepted (protocol facts 2.6). */
    public static final class Unauthorized extends ApiException {
        private static final long serialVersionUID = 1;

        public Unauthorized(String message) {
            this(message, Problem.NONE);
        }

        public Unauthorized(String message, Problem problem) {
            super(message, problem);
        }
    }

    /** Any other 3xx or 4xx: the same bytes will not succeed. */
    public static final class Rejected extends ApiException {
        private static final long serialVersionUID = 1;
        private final int status;

        public Rejected(int status, String message) {
            this(status, message, Problem.NONE);
        }

        public Rejected(int status, String message, Problem problem) {
            super(message, problem);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** A 2xx whose body cannot be used: no JSON, wrong types, over 4 MiB, broken gzip. */
    public static final class Malformed extends ApiException {
        private static final long serialVersionUID = 1;

        public Malformed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
