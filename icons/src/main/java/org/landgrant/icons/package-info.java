/** Icon-theme look-up and icons as pixels. */
@NullMarked
package org.landgrant.icons;

import org.jspecify.annotations.NullMarked;
