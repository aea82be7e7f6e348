/** H2 behind GrantBook; migrations; templates. */
@NullMarked
package org.landgrant.profiles;

import org.jspecify.annotations.NullMarked;
