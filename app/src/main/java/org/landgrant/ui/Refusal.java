package org.landgrant.ui;

import java.util.Optional;
import org.landgrant.prompts.Row;

/**
 * One line of the card “Recent refusals”: several denials as one.
 *
 * @param what in words, or the place for those that need no answer
 * @param detail names of files, how often and when
 * @param grantable what <em>Allow</em> would grant; empty when it cannot be granted from here
 * @param allowed whether it is allowed by now
 */
record Refusal(String what, String detail, Optional<Row> grantable, boolean allowed) {}
