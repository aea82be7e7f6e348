/** Gathers what sessions were refused, by key with a count. */
@NullMarked
package org.landgrant.denials;

import org.jspecify.annotations.NullMarked;
