package io.nodeplane.runtime.config;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries every fault that was found. */
public final class ConfigException extends IOException {
    private static final long serialVersionUID = 1;
    private final transient List<ConfigFault> faults;

    /** With at least one fault. */
    public ConfigException(List<ConfigFault> faults) {
        super(faults.stream()
                .map(fault -> "\n  " + fault)
                .collect(Collectors.joining("", "configuration has " + faults.size() + " fault(s):", "")));
        this.faults = List.copyOf(faults);
    }

    /** In file order where there is one. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
