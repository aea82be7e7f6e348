/**
 * The vocabulary: what a grant is and who may change one. No dependency but the JDK, no effects.
 *
 * <p>Grants are compiled into a policy, the policy is put on a program at launch, what the program
 * still asks for comes back as denials, denials become a prompt, the answer is a new grant.
 */
@NullMarked
package org.landgrant.grants;

import org.jspecify.annotations.NullMarked;
