/* What `--help` says about the commands that are carried out here and not by the agent, but run (run_help.c).
 */
#ifndef LANDGRANT_COMMAND_HELP_H
#define LANDGRANT_COMMAND_HELP_H

/* The help of `launch`, `ask` or `agent`; NULL for other words. The manual is made of it, too. */
const char *command_help(const char *command);

#endif
