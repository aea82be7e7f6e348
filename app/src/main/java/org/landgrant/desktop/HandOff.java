package org.landgrant.desktop;

import java.util.concurrent.CompletableFuture;
import org.landgrant.grants.AppId;

/**
 * A launch that waits because the app is open without limits and would open there what was meant to be opened with
 * limits. It goes on by itself once nothing of that is left.
 */
public interface HandOff {
    AppId app();

    /** Asks what is open to end; returns at once. */
    void close();

    /** Nothing is started. */
    void refuse();

    /** Completes when nobody waits any more: what was open is gone, it was refused, or the launch itself is over. */
    CompletableFuture<Void> over();
}
