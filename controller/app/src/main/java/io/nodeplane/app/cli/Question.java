package io.nodeplane.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Asks the agent and prints; exit codes 0 done, 1 cannot, 2 wrong arguments.
 *
 * @param advice what to do when no agent answers
 */
public record Question(AgentSocket socket, PrintStream out, PrintStream err, Supplier<String> advice) {
    /** Shows one view. */
    public int show(View view, String output) {
        var form = Output.of(output);
        if (form.isEmpty()) {
            err.println("plexd: --output: found \"" + output + "\", expected " + Output.words());
            return 2;
        }
        try {
            var reply = socket.ask("GET", view.path());
            if (!reply.isGood()) {
                return refused(reply);
            }
            out.print(form.get().render(new ObjectMapper().readTree(reply.body()), view));
            return 0;
        } catch (AgentSocket.Silent silent) {
            return silent(silent);
        } catch (IOException broken) {
            err.println("plexd: " + socket.path() + ": " + broken.getMessage());
            return 1;
        }
    }

    /** Tells that nobody answers, and what to do. */
    public int silent(AgentSocket.Silent silent) {
        err.println("plexd: " + silent.getMessage());
        if (silent.isAbsent()) {
            err.println(advice.get());
        }
        return 1;
    }

    /** Tells what the agent refused with. */
    public int refused(AgentSocket.Reply reply) {
        err.println("plexd: the agent answers " + reply.status() + ": " + reason(reply.body()));
        if (reply.status() == 503) {
            err.println("See how it is: plexd status");
        }
        return 1;
    }

    private static String reason(String body) {
        try {
            return new ObjectMapper().readTree(body).path("error").asText(body.strip());
        } catch (JsonProcessingException notJson) {
            return body.strip();
        }
    }
}
