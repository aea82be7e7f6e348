package org.landgrant.agent;

import java.util.List;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Template;

/** Turns what holds for an app into the text of its policy, for this kernel, home and command line. */
@FunctionalInterface
public interface Compiler {
    /**
     * The app's policy.
     *
     * @throws org.landgrant.grants.RefusedException when the app cannot have one, for instance because
     *     it is not installed
     */
    String policy(AppId app, Template template, List<EffectiveGrant> effective, boolean partialAccepted);
}
