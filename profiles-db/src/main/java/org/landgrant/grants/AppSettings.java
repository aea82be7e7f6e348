package org.landgrant.grants;

/**
 * What the user chose about an app as a whole.
 *
 * @param confined whether its menu entries start it confined
 * @param partialAccepted whether it may also start where this kernel cannot enforce everything
 */
public record AppSettings(AppId app, boolean confined, boolean partialAccepted) {
    /** How every app begins: not confined, nothing accepted. */
    public static AppSettings untouched(AppId app) {
        return new AppSettings(app, false, false);
    }
}
