/** The subcommands that the agent answers. */
@NullMarked
package org.landgrant.cli;

import org.jspecify.annotations.NullMarked;
