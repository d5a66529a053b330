package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.util.Map;

/** Reads parameters of a request; a wrong one is told with its name, its value and what was expected. */
final class Parameters {
    private Parameters() {}

    static Parameter flag(String name, String description) {
        return new Parameter(name, "bool", false, "true", description);
    }

    /** True unless said otherwise. */
    static boolean flag(Map<String, String> given, String name) throws ActionFailed {
        return switch (given.getOrDefault(name, "true")) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(given, name, "true or false");
        };
    }

    static int whole(Map<String, String> given, String name, int fallback, int max) throws ActionFailed {
        var text = given.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw wrong(given, name, "a whole number from 1 to " + max);
        }
        throw wrong(given, name, "a whole number from 1 to " + max);
    }

    static ActionFailed wrong(Map<String, String> given, String name, String expected) {
        return new ActionFailed("parameter " + name + ": \"" + given.get(name) + "\", expected " + expected);
    }
}
