package org.landgrant.agent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Template;
import org.landgrant.grants.Unanswered;

/** The keeper as somebody uses it, so that the history can say who did what. */
record KeeperInHand(GrantKeeper keeper, Who who) implements Gatekeeper {
    @Override
    public AppSettings settings(AppId app) {
        return keeper.settings(app);
    }

    @Override
    public Template template(AppId app) {
        return keeper.template(app);
    }

    @Override
    public List<EffectiveGrant> effective(AppId app) {
        return keeper.effective(app);
    }

    @Override
    public void confine(AppId app) {
        keeper.confine(app, who);
    }

    @Override
    public void release(AppId app) {
        keeper.release(app, who);
    }

    @Override
    public void acceptPartial(AppId app, boolean accepted) {
        keeper.acceptPartial(app, accepted, who);
    }

    @Override
    public Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Span span) {
        return keeper.decide(app, resource, access, decision, origin, span, who);
    }

    @Override
    public Optional<Grant> decided(AppId app, Resource resource) {
        return keeper.decided(app, resource);
    }

    @Override
    public boolean undo(Grant made, Optional<Grant> before) {
        return keeper.undo(made, before);
    }

    @Override
    public Habit habit(AppId app) {
        return keeper.habit(app);
    }

    @Override
    public void keep(Habit habit) {
        keeper.keep(habit);
    }

    @Override
    public List<Unanswered> unanswered() {
        return keeper.unanswered();
    }

    @Override
    public void remember(AppId app, Resource resource, Set<Access> access, boolean closed) {
        keeper.remember(app, resource, access, closed);
    }

    @Override
    public void putAside(AppId app, Resource resource) {
        keeper.putAside(app, resource);
    }

    @Override
    public void putBack(Event change) {
        keeper.putBack(change, who);
    }

    @Override
    public void reset(AppId app, Resource resource) {
        keeper.reset(app, resource, who);
    }

    @Override
    public List<Denial> denials(AppId app, int most) {
        return keeper.denials(app, most);
    }

    @Override
    public void forgetDenials(AppId app) {
        keeper.forgetDenials(app);
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        return keeper.watch(listener);
    }
}
