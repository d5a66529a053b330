/** What the node API's routes ask of other features, as ports and small views. */
@NullMarked
package io.nodeplane.plexd.nodeapi.services;

import org.jspecify.annotations.NullMarked;
