/** Grants and kernel facts become a policy, each rule explained. Pure. */
@NullMarked
package org.landgrant.policy;

import org.jspecify.annotations.NullMarked;
