package io.nodeplane.model.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One rule for one schema node of a CRD. */
interface SchemaRule {
    /** What is wrong with the node, its children left aside. */
    Optional<String> fault(JsonNode schema);
}
