/** What runs beside the programs while their AOT caches are trained; JDK classes only, because it runs in the image. */
@NullMarked
package io.nodeplane.image.training;

import org.jspecify.annotations.NullMarked;
