package io.nodeplane.plexd.registration;

/**
 * What the node is to become in a project of the platform ({@code registration.project_id} and following, protocol facts
 * 2.3).
 *
 * @param projectId UUID
 * @param resourceHandle name of the resource that the node registers for
 * @param requestedResourceId empty when the platform may choose
 */
public record ResourceClaim(String projectId, String resourceHandle, String requestedResourceId) {}
