package org.landgrant.launch;

import org.landgrant.grants.AppId;

/** Where launchers' policies come from. */
@FunctionalInterface
public interface PolicySource {
    /**
     * The text of the app's policy of this moment.
     *
     * @throws org.landgrant.grants.RefusedException when the app must not start, with the reason
     * @throws org.landgrant.grants.BookException when the grants cannot be read
     */
    String policyFor(AppId app);
}
