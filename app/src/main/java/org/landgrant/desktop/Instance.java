package org.landgrant.desktop;

import java.time.Instant;

/**
 * A process that is an app's, wherever it came from.
 *
 * @param pid its process ID
 * @param started with the ID tells it from later ones of the same number
 * @param takesOver whether it would open what is started now, so that what is started now ends at once
 */
public record Instance(long pid, Instant started, boolean takesOver) {}
