package org.landgrant.prompts;

import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;

/**
 * How much an answer to a live prompt is about: this file, this folder, a whole folder of the person's.
 *
 * @param word how it is typed: {@code file}, {@code folder}, a folder's word such as {@code documents},
 *     else its name; each only once in a prompt
 * @param label the same for people, clean and on one line
 * @param resource what the answer is about, never the home folder or wider
 * @param access how; writing implies reading
 * @param preselected the sensible one; exactly one of a prompt's scopes
 */
public record Scope(String word, String label, Resource resource, Set<Access> access, boolean preselected) {
    /** The word of a scope that is one file. */
    static final String FILE = "file";

    /** The word of a scope that is one {@link Sensitive} thing. */
    static final String ITEM = "item";

    public Scope {
        access = Set.copyOf(access);
    }

    /** Whether it is one {@link Sensitive} thing, which nobody answers with one click. */
    public boolean isSensitive() {
        return word.equals(ITEM);
    }

    /** Whether having this is having that. */
    boolean covers(UserPlaces places, Resource wanted, Access how) {
        return access.contains(how) && places.covers(resource, wanted);
    }
}
