/** Which denials deserve a question, and what an answer means. No toolkit. */
@NullMarked
package org.landgrant.prompts;

import org.jspecify.annotations.NullMarked;
