/** The page that shows a running mock, and the document it polls. It keeps nothing: it reads the windows that are there. */
@NullMarked
package io.nodeplane.mockapi.page;

import org.jspecify.annotations.NullMarked;
