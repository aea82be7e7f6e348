/** Starts launchers, speaks PROTOCOL.md with them, knows the running sessions. */
@NullMarked
package org.landgrant.launch;

import org.jspecify.annotations.NullMarked;
