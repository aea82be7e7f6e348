/** Views and view models; the only room that knows JavaFX. */
@NullMarked
package org.landgrant.ui;

import org.jspecify.annotations.NullMarked;
