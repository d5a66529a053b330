/** Asks the API server whose a token is, and what its owner may do (seed "TokenReviewAuthenticator"). */
@NullMarked
package io.nodeplane.plexd.tokenreview;

import org.jspecify.annotations.NullMarked;
