/** What this kernel can do. */
@NullMarked
package org.landgrant.kernel;

import org.jspecify.annotations.NullMarked;
