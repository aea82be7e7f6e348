package org.landgrant.agent;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Template;
import org.landgrant.kernel.KernelFacts;
import org.landgrant.policy.Home;
import org.landgrant.policy.Policy;
import org.landgrant.policy.PolicyCompiler;
import org.landgrant.profiles.Templates;

/** Policies for the apps installed now, on this kernel, in the home of this moment. */
public final class PolicyMaker implements Compiler {
    private final InstalledApps apps;
    private final Templates templates;
    private final KernelFacts kernel;
    private final Supplier<Home> home;

    /** @param home asked for every policy, since people move their folders; may block on the disk */
    public PolicyMaker(InstalledApps apps, Templates templates, KernelFacts kernel, Supplier<Home> home) {
        this.apps = apps;
        this.templates = templates;
        this.kernel = kernel;
        this.home = home;
    }

    /** The starting grants of an app; those of any app when it is not installed. */
    public Template template(AppId app) {
        Optional<InstalledApp> installed = apps.find(app);
        return templates.forApp(
                app.value(),
                installed.map(found -> found.command().getFirst()).orElse(""),
                installed.map(InstalledApp::categories).orElse(List.of()));
    }

    @Override
    public String policy(AppId app, Template template, List<EffectiveGrant> effective, boolean partialAccepted) {
        return compiled(app, template, effective, partialAccepted).text();
    }

    /**
     * The same with what it says about its enforcement and what it cannot express.
     *
     * @throws RefusedException when the app is not installed or not ours to confine
     */
    public Policy compiled(AppId app, Template template, List<EffectiveGrant> effective, boolean partialAccepted) {
        InstalledApp installed =
                apps.find(app).orElseThrow(() -> new RefusedException("There is no app " + app + " installed."));
        installed.notOurs().ifPresent(reason -> {
            throw new RefusedException(reason);
        });
        return PolicyCompiler.compile(
                app, template, effective, partialAccepted, installed.command(), kernel, home.get());
    }
}
