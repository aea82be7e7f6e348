package org.landgrant.prompts;

import java.util.List;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;

/**
 * One thing a card asks about.
 *
 * @param resource what would be granted, never the home folder or wider
 * @param access how; writing implies reading
 * @param sentencePart goes after “would like to”: {@code see files in your Documents folder}
 * @param examples clean names of files that were refused, newest first, at most {@link
 *     Coalescer#EXAMPLES}
 * @param risky whether its switch begins as off
 */
public record Row(Resource resource, Set<Access> access, String sentencePart, List<String> examples, boolean risky) {
    public Row {
        access = Set.copyOf(access);
        examples = List.copyOf(examples);
    }
}
