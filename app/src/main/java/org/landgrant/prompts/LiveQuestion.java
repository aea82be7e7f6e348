package org.landgrant.prompts;

import java.time.Instant;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;

/**
 * Something an app wants now, and for which at least one of its calls is waiting.
 *
 * @param id unique in the agent's life, from 1
 * @param session the number of the session whose call waits
 * @param resource exactly what was asked for: a {@link Resource.Place} with the absolute path, which may
 *     not exist yet, or a {@link Resource.TcpPort}
 * @param access read or write for places, connect or listen for ports
 * @param program the short name the program that asked gave itself
 */
public record LiveQuestion(
        long id, long session, AppId app, Resource resource, Access access, String program, Instant asked) {}
