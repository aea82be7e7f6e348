package org.landgrant.agent;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.landgrant.grants.AppId;

/**
 * What the agent asks of the menu entries of apps.
 *
 * <p>Changing methods throw {@link org.landgrant.grants.RefusedException} when they changed nothing.
 */
public interface Menu {
    /** The app's entries start it confined from now on; nothing when they do already. */
    void confine(AppId app);

    /** The app's entries are as they were; nothing when they are. */
    void release(AppId app);

    /** The apps whose entries start them confined now. */
    Set<AppId> confined();

    /**
     * Exactly these apps' entries start them confined, whatever happened to the files meanwhile.
     *
     * @return the apps for which that failed, with the reason
     */
    Map<AppId, String> sync(Collection<AppId> confined);
}
