/** Installed apps, menu entries and the user's folders. */
@NullMarked
package org.landgrant.desktop;

import org.jspecify.annotations.NullMarked;
