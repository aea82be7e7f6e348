/** Wires the circle; the only room that may know all others. */
@NullMarked
package org.landgrant.agent;

import org.jspecify.annotations.NullMarked;
